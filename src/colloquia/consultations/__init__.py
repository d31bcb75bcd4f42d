"""Consultations: analyses run by run, officers' corrections, proof of reading, and their pages."""
