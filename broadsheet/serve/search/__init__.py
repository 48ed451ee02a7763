"""Searching for readers, over an index beside the pressed folder. It must never need desk, database or press."""
