"""Who may do what at the desk.

Grants sit at the language homes only (one row per group and language, whatever the number of sections), and limits to
sections are rows of our own, so that no list of stories has to weigh hundreds of grants (decision 0013).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from wagtail.models import GroupPagePermission

from broadsheet.desk.models import PaperHome
from broadsheet.desk.page_rights import is_limited, within_limits
from broadsheet.ledger.values import Act
from broadsheet.plain.locales import MULTIPLE, Locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadsheet.desk.actors import Actor
    from broadsheet.desk.subjects import DeskSubject

REPORTERS: Final = "Reporters"
EDITORS: Final = "Editors"
CHIEF_EDITORS: Final = "Chief editors"
PHOTO_EDITORS: Final = "Photo editors"
INSPECTORS: Final = "Inspectors"

#: Django made it with the ledger's table; whoever holds it reads everything the ledger ever held.
SEE_LEDGER: Final = "ledger.view_release"
#: Whoever holds it does every act to pictures, in all languages and sections: a picture stands in none.
RELEASE_PICTURES: Final = "desk.release_picture"
#: Where they stand in no section, nobody limited to sections may touch them.
_OF_THE_WHOLE_PAPER: Final = frozenset({"page", "navigation", "front"})


def may(*, actor: Actor, act: Act, subject: DeskSubject) -> bool:
    """Return whether the actor may do this act to the subject.

    Shapes: pictures, bylines and topics have locale ``mul`` and no section; whoever may release in any language may act on
    them. A declared part of the system may do every act: it declared itself in code.
    """
    return bool(allowed(actor=actor, act=act, subjects=[subject]))


def allowed(*, actor: Actor, act: Act, subjects: Iterable[DeskSubject]) -> list[DeskSubject]:
    """Return those of the subjects ``may`` allows; the rights in a language are asked for once."""
    user: Any = actor.user
    may_release = cache(lambda locale: _may_release(user, locale=locale))
    return [subject for subject in subjects if user is None or _is_allowed(user, act, subject, may_release)]


def _is_allowed(user: Any, act: Act, subject: DeskSubject, may_release: Callable[[Locale], bool]) -> bool:  # noqa: ANN401 - any user model
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if act in {Act.IMPORT, Act.ERASE} or is_inspector(user):
        return False
    if subject.kind == "picture" and user.has_perm(RELEASE_PICTURES):
        return True
    return not _is_outside(user, subject) and may_release(subject.locale)


def may_redirect(actor: Actor) -> bool:
    """Return whether the actor keeps the addresses of the whole paper: administrators, and parts of the system."""
    user: Any = actor.user
    return user is None or (user.is_active and user.is_superuser)


def _may_release(user: Any, *, locale: Locale) -> bool:  # noqa: ANN401 - any user model
    homes = PaperHome.objects.all()
    if locale != MULTIPLE:
        homes = homes.filter(locale__language_code=locale)
    grants = GroupPagePermission.objects.filter(group__user=user, permission__codename="publish_page")
    granted = tuple(grants.values_list("page__path", flat=True))
    return bool(granted) and any(path.startswith(granted) for path in homes.values_list("path", flat=True))


def _is_outside(user: Any, subject: DeskSubject) -> bool:  # noqa: ANN401 - any user model
    """Return whether the user's limits to sections keep them from it."""
    if subject.section_key is not None:
        return not within_limits(user, subject.section_key)
    return subject.kind in _OF_THE_WHOLE_PAPER and is_limited(user)


def is_inspector(user: Any) -> bool:  # noqa: ANN401 - any user model, or nobody
    """Return whether the person reads the ledger and changes nothing.

    Whoever is in the group is one, whatever other groups the person is in; an administrator never is.
    """
    if not user.is_authenticated or user.is_superuser:
        return False
    kept = getattr(user, "_broadsheet_inspects", None)
    if kept is None:
        # Kept on the user object, which lives as long as the request.
        kept = user._broadsheet_inspects = user.groups.filter(name=INSPECTORS).exists()  # noqa: SLF001 - ours
    return bool(kept)


def may_see_ledger(user: Any) -> bool:  # noqa: ANN401 - any user model
    """Return whether the person may read everything the ledger ever held, in every language and section."""
    return bool(user.has_perm(SEE_LEDGER))
