"""What each command of ``orderhub`` does; ``cli.py`` says how it is called.

A command imports what it needs when it is run: `orderhub --help` loads none of it.

`serving` (the life of a server), `provider`, `listening`, `keeping`, `presence` are what `serve`, `api`
and `worker` are made of. `configuration` and `database` are what every command begins with;
`terminal` is how they speak.
"""
