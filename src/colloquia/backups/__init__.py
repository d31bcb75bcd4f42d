"""Backups: everything that the site keeps, copied while it runs, and put back onto an empty machine.

``making.make`` writes one, ``restoring.restore`` reads it. A backup is whole where its manifest stands: it is
written last, and names every file with its SHA-256.
"""
