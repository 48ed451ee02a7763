"""The screens of the desk that are ours: lists, the home, language versions, preview media. No writing here but by acts."""
