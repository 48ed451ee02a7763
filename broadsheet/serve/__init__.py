"""The reader server: finished files only. It must never render a story, or need the database."""
