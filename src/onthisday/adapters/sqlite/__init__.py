"""SQLite: the compiled almanac behind the Library port, and the ledger."""
