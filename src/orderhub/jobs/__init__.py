"""What runs later, in the worker: the map of this floor.

`reactions` says which jobs an event causes, `registry` which function does a job, `schedule` what
recurs. `worker` runs the four loops: fan-out of events, the queue, timers, recurring jobs. The other
modules are the jobs themselves; each is a function of a `WorkerContext` and a JSON payload, and may
be called twice with the same payload.
"""
