"""Use cases of drafting: propose entries from documents, and accept a draft. The rules: drafts/."""
