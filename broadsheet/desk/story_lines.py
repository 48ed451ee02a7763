"""Which lines of the list somebody asks for: in their languages, their own, with these words, signed by these names.

Each answer is a range of one index of ``ListedStory``, or is soon met going down one (decision 0022).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import GroupApprovalTask, Locale

from broadsheet.desk.folding import folded
from broadsheet.desk.models import Byline, ListedByline, ListedStory, PaperHome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: From so many signed stories on, going down the list is quicker than sorting them, which takes 15 ms.
_MANY_SIGNED: Final = 4000
#: More names than a query is sent one by one.
_MANY_NAMES: Final = 1000


class Whose(StrEnum):
    """Whose stories are shown. Value: what the address carries."""

    MINE = "mine"
    WAITING = "waiting"


def languages_of(user: Any) -> QuerySet[Locale]:  # noqa: ANN401 - any user model
    """Return the languages in which the person may do something."""
    homes = PaperHome.objects.all()
    if not user.is_superuser:
        homes = homes.filter(group_permissions__group__user=user)
    return Locale.objects.filter(pk__in=homes.values("locale"))


def lines_for(user: Any) -> QuerySet[ListedStory]:  # noqa: ANN401 - any user model
    """Return the lines of the languages the person works in.

    Rights stand at the language homes only, so this is all Wagtail's own question comes to (decision 0011).
    """
    lines = ListedStory.objects.all()
    if user.is_superuser:
        return lines
    mine = set(languages_of(user).values_list("language_code", flat=True))
    others = set(Locale.objects.values_list("language_code", flat=True)) - mine
    # "Not the others": a database that is given several languages to look for would sort them all first.
    return lines.exclude(language__in=others) if mine and others else lines if mine else lines.none()


def kinds_of(lines: QuerySet[ListedStory], *, whose: Whose | None, user: Any) -> Sequence[QuerySet[ListedStory]]:  # noqa: ANN401 - any user model
    """Return the lists of which the person's is made, each to be read by an index of its own."""
    if whose is Whose.MINE:
        return [lines.filter(**{column: user.pk}) for column in ("assignee", "owner", "editor")]
    if whose is Whose.WAITING:
        return [_limited(lines, user).filter(task=step) for step in steps_of(user)]
    return [lines]


def steps_of(user: Any) -> Iterable[int]:  # noqa: ANN401 - any user model
    """Return the steps of the approval the person may take: of an administrator every one."""
    steps = (
        GroupApprovalTask.objects.all() if user.is_superuser else GroupApprovalTask.objects.filter(groups__user=user)
    )
    return sorted(set(steps.values_list("pk", flat=True)))


def _limited(lines: QuerySet[ListedStory], user: Any) -> QuerySet[ListedStory]:  # noqa: ANN401 - any user model
    """Return the lines of the sections the person works in."""
    limits = [] if user.is_superuser else list(user.section_limits.values_list("section_key", flat=True))
    return lines.filter(section_key__in=limits) if limits else lines


def with_words(lines: QuerySet[ListedStory], words: str) -> QuerySet[ListedStory]:
    """Return the lines whose headline has each of these words, whole or in part."""
    for word in folded(words).split():
        lines = lines.filter(searched__contains=word)
    return lines


def with_byline(lines: QuerySet[ListedStory], words: str) -> QuerySet[ListedStory]:
    """Return the lines signed by a name with these words in it.

    A few signed stories are looked up and sorted. Many are soon met going down the list, and would cost more to sort.
    """
    names = Byline.objects.filter(name__icontains=words).order_by()
    # PostgreSQL foresees what a list of numbers will find, and not what a part of a name will.
    numbers = list(names.values_list("pk", flat=True)[:_MANY_NAMES])
    matching: Any = numbers if len(numbers) < _MANY_NAMES else names.values("pk")
    signed = ListedByline.objects.filter(byline__in=matching)
    if signed[:_MANY_SIGNED].count() < _MANY_SIGNED:
        return lines.filter(pk__in=signed.values("listed"))
    return lines.filter(Exists(signed.filter(listed=OuterRef("pk"))))
