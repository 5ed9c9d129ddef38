"""Put the parts of the program together for each command: workspace, site, ledger, sender, server.

Only this room and the commands (cli/) know adapters by name. Nothing is decided here that another
room can decide. Called by the commands.
"""
