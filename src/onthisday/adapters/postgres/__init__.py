"""PostgreSQL: the ledger that several machines can share."""
