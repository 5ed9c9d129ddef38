"""Get the text out of the bytes of a document. Each format has a module. Nothing here does I/O."""
