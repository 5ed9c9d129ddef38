"""What goes out over HTTP."""
