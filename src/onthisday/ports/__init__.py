"""What the use cases need of the world, as protocols; each adapter keeps its whole contract.

`Library` is synchronous, because it is a file on this machine; `Ledger` and `Sender` are
asynchronous, because they may be far away. There are no twins. What `today` runs through names
these types for the type checker alone: a protocol costs time to make.
"""
