"""The use cases: what the program does, step by step. The rules for each step are in other rooms.

A use case opens no file, database or connection. It calls a protocol, such as `Library` or
`Ledger`, and an adapter does the work. Called by app/ and the commands.
"""
