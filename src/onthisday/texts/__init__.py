"""Documents' texts out of their files' bytes, one format a module. Pure."""
