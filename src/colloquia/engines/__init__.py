"""Engines: plain Python, data in, data out.

An engine knows nothing of Django, rooms, the network or the clock; whatever it
needs of them is a parameter.
"""
