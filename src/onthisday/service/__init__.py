"""The use cases: what the program does, step by step. They use the rules of the pure rooms.

They know no files, databases or HTTP. They ask protocols for these, such as `Library` and `Ledger`.
Called by app/ and the commands.
"""
