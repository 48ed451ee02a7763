"""Values shared by all rooms: locales, times, names of subjects, clean HTML, canonical bytes.

Must never import Django or another room.
"""
