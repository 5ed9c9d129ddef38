"""A simulation of the whole of sending, over years, in seconds. One seed decides everything.

    python -m tests.simulation --seed 7 --years 20
    python -m tests.simulation --seed 7 --replicated

Real here: the planner, the ledger on SQLite, the rules of retries, and what messages/ writes and
reads for each service. Simulated: the clock, the network, the services behind it, the disk's
errors, kills, and the people who edit and repair. The models are TigerBeetle's VOPR and
FoundationDB's simulation.

- virtual.py: an event loop and a wall clock whose time jumps.
- almanacs.py, settings.py: a random almanac and a random config, and their edits.
- services.py, network.py: the ten services, and a network that hangs, lies and breaks.
- faults.py, processes.py: a ledger whose statements fail, and processes that are killed.
- stories.py: what people and the world do. editors.py: people who hold messages back.
- days.py, closings.py, keeping.py, correcting.py, oracle.py, audit.py: what must be true. They use
  no rule of the product.
- store.py, machines.py, engine.py, late.py: several machines that share a store.
- replicas.py: what happens to them. sharing.py: what must be true then.
- world.py, run.py: put together, run, and tell.
- without.py, mends/: take a mend out again, to show that its fault is found.

In every fourth seed, several machines share a store. A failover is not free: the marks and answers
of the last moment are forgotten, so these messages are sent again (``lost_marks`` counts them).
"""
