"""The desk: people at work on stories, sections, bylines and pictures. It must never render a reader page."""
