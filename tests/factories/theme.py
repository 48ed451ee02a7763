"""A process reads a paper's theme once; tests that change it begin again."""

from __future__ import annotations

from broadsheet.edition import assets, environment, fonts, words

CACHES = (
    assets.theme_path,
    assets.theme_paths,
    assets.theme_bytes,
    assets.theme_picture_size,
    assets.font_names,
    fonts.needed_fonts,
    words.words_of,
    environment.environment,
    environment.template_digest,
    environment.renderer_digest,
)


def start_again() -> None:
    """Forget what a process reads once."""
    for each in CACHES:
        each.cache_clear()
