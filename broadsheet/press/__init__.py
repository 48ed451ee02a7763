"""The press: which sheets does a change touch; render, write, prove.

It knows facts, readings, sheets, runs and stores; it knows no story. It must never import another room, a template
of ours, or Wagtail. ``values``, ``composing``, ``stores``, ``kernel`` and ``errors`` import no Django either.
"""
