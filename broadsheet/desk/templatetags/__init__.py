"""What the desk's own templates ask for."""
