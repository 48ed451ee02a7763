"""The desk for a WSGI server."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings.production")

#: A proxy before the desk says whom it speaks for; without this every log-in would come from its one address.
application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), settings.DESK_PROXIES)
