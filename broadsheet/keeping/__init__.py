"""Keeping: a whole paper in one file, and back again. See README.md for the front door."""
