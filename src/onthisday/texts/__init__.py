"""Get the text out of a document's bytes: one module for each format. Nothing here does I/O."""
