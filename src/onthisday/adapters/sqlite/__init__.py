"""What is kept in SQLite files: the compiled almanac, the ledger, and proved passages."""
