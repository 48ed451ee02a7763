"""Broadsheet: an open-source multilingual newsroom."""
