"""The demo paper: stories written for it, and the act of bringing them in."""
