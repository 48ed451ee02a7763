"""What the screens of navigations and fronts share: both are put together on one form and sent from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.desk.actors import person
from broadsheet.desk.errors import ActRefused, AlreadyReleased, NotReady
from broadsheet.desk.middleware import tell
from broadsheet.desk.models import PaperHome
from broadsheet.desk.permissions import may
from broadsheet.desk.screens.asking_for import show_refusal
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, Standing

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest
    from wagtail.models import Locale

    from broadsheet.desk.models import Front, Navigation


def languages() -> list[Locale]:
    """Return the languages of the desk, in the order of their homes."""
    return [home.locale for home in PaperHome.objects.select_related("locale").order_by("path")]


def may_send(request: HttpRequest, row: Navigation | Front) -> bool:
    """Return whether the person may change what readers see of it."""
    user: Any = request.user
    return may(actor=person(user), act=Act.RELEASE, subject=subject_of(row))


def standing_of(row: Navigation | Front) -> Standing | None:
    """Return where it stands for readers."""
    subject = subject_of(row)
    return LedgerReader().current(subject.urn, subject.locale)


def add_refusal(request: HttpRequest, form: ModelForm[Any], refused: ActRefused) -> None:
    """Say every sentence, and mark the fields; what is about none stands above the form."""
    if isinstance(refused, NotReady):
        tell(request, refused)
        show_refusal(refused, form)
    elif isinstance(refused, AlreadyReleased):
        form.add_error(
            None, f"{refused} Yours is below and is not sent yet; send it again to put it in place of the other."
        )
    else:
        form.add_error(None, str(refused))
