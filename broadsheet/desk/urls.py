"""Addresses of the desk. It is a host of its own, so the admin stands at ``/``; no reader page is served here."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from broadsheet.desk.logins.screens.account import OwnAccountView
from broadsheet.desk.logins.screens.log_in import CodeView, PasswordView
from broadsheet.desk.logins.screens.reset import AskForLetterView, NewPasswordView
from broadsheet.desk.screens.health import health
from broadsheet.desk.screens.preview import desk_media, picture_size, shared_preview

urlpatterns = [
    path("healthz", health, name="desk_health"),
    path("media/<path:path>", desk_media),
    path("pictures/<path:path>", picture_size, name="desk_picture"),
    path("shared/<str:token>/", shared_preview, name="desk_shared_preview"),
    # Before Wagtail's own, under whose names these addresses stand.
    path("login/", PasswordView.as_view(), name="desk_log_in"),
    path("login/code/", CodeView.as_view(), name="desk_log_in_code"),
    path("password_reset/", AskForLetterView.as_view(), name="desk_ask_for_letter"),
    path("password_reset/confirm/<uidb64>/<token>/", NewPasswordView.as_view(), name="desk_new_password"),
    path("account/", never_cache(require_admin_access(OwnAccountView.as_view())), name="desk_account"),
    path("", include(wagtailadmin_urls)),
]
