"""The analyses that were published as folders of files: finding, checking and serving them."""
