"""Put the parts together: the workspace of a config file; what serve, tick, build and draft need.

Only this room and the commands (cli/) know adapters by name. Nothing is decided here that a use
case or a pure room can decide. Called by the commands.
"""
