"""The web server: it sends the pages of the site, `/healthz` and `/metrics`."""
