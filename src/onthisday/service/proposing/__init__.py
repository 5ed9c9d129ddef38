"""Use cases of drafting: propose entries from documents; accept one."""
