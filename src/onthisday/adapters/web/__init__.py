"""The server: the site's pages over HTTP, fast and conditional, and its health."""
