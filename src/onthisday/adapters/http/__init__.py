"""Send requests over HTTP, and messages through Apprise."""
