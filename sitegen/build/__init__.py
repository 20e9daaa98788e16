"""The stages, joined: files → editions → portals → a site. The only place that knows them all."""
