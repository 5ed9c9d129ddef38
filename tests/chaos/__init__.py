"""Real processes on a real PostgreSQL, killed, stopped and restarted at random.

    python -m tests.chaos --minutes 10 --notices 5000 --seed 7

Two `serve` and two `work` share one ledger. While they send, they are killed (SIGKILL), ended
(SIGTERM), and stopped for longer than their lease (SIGSTOP, SIGCONT). PostgreSQL is restarted
twice: once in order, and once as after a crash. A sink counts what arrives. At the end, each notice
was sent once, except those of which the ledger says that an attempt's outcome was unknown.

The seed decides what is done to whom. When it hits them is up to the machine: this is no
simulation (tests/simulation/).

- members.py: the processes. trouble.py: what is done to them.
- story.py: a run, from the first channel to the last answer. judging.py: what must be true.
"""
