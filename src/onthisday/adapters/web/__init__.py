"""The web server: it gives the site's pages over HTTP, `/healthz` and `/metrics`."""
