"""Settings for the demo and for work on Broadsheet itself: as production, over plain HTTP on this machine."""

from __future__ import annotations

from broadsheet.settings.base import *

#: There is no mail server to be counted on here: letters to editors are not sent.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_PASSWORD_RESET_ENABLED = False
