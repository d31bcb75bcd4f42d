"""Consultations: their analyses run by run, officers' corrections, proof of reading, and the pages of it all."""
