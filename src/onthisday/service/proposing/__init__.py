"""Use cases of drafting: propose entries from documents, and accept one. drafts/ has the rules."""
