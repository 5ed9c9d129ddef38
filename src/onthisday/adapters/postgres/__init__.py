"""PostgreSQL: the ledger for several machines."""
