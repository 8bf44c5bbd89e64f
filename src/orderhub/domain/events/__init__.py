"""What happened, in the order of commits: the log that jobs, feeds and streams read.

`log` writes, `queries` reads a feed, `reader` is the worker's place in the log, `tickets` let a
browser open a stream. Any domain package may write; none is known here.
"""
