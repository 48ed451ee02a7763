"""The list of all stories: newest work first, a page at a time, narrowed as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import HeaderButton

from broadsheet.desk.folding import folded
from broadsheet.desk.models import Story
from broadsheet.desk.screens.choosing import ChoosePlaceView
from broadsheet.desk.screens.story_filters import StoryFilters
from broadsheet.desk.screens.story_table import StoryTable, rows_of
from broadsheet.desk.story_lines import Whose, kinds_of, lines_for, with_words
from broadsheet.desk.story_list import BrokenPlace, ListPage, Order, Place, read_page
from broadsheet.desk.validators import HEADLINE_LENGTH
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

#: The words of an address that name a place in the list.
_PLACES: Final = ("older", "newer")


class HeadlineSearch(SearchForm):
    """The search box."""

    q = forms.CharField(
        label="Words of the headline",
        required=False,
        max_length=HEADLINE_LENGTH,
        error_messages={
            "max_length": f"A headline has at most {HEADLINE_LENGTH} characters, so nothing longer is looked for."
        },
    )


class StoryListView(IndexView):
    """The list. What is read, and how, is said by ``story_lines`` and ``story_list``; here is only how it is asked for and shown."""

    page_title = "Stories"
    results_template_name = "desk/story_list_results.html"
    #: Pages are turned by places in the list, not by numbers.
    paginate_by = None

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Add the way to a story somebody else is to write."""
        buttons: list[Any] = super().header_buttons
        if buttons:
            buttons.append(HeaderButton("Commission a story", url=reverse("desk_commission"), icon_name="user"))
        return buttons

    def get_search_form(self) -> HeadlineSearch:
        """Return the search box with what was typed."""
        return HeadlineSearch(self.request.GET if self.search_kwarg in self.request.GET else None)

    @cached_property
    def order(self) -> Order:
        """Return the order asked for; the newest change first where none is."""
        return Order.DUE if self.request.GET.get("order") == Order.DUE else Order.CHANGED

    @cached_property
    def whose(self) -> Whose | None:
        """Return whose stories are asked for; everybody's where that, or anything beside it, means nothing."""
        named = self.filters.form.cleaned_data["whose"] if self.filters.is_valid() else None
        return Whose(named) if named else None

    @cached_property
    def places(self) -> dict[str, Place]:
        """Return the place to go on from, by direction; none where the address names none. Raises: BrokenPlace."""
        return {name: Place.read(words) for name in _PLACES if (words := self.request.GET.get(name))}

    @cached_property
    def list_page(self) -> ListPage:
        """Return the page asked for; the first, where the address is broken."""
        lines = self.filter_queryset(lines_for(self.request.user))
        kinds = kinds_of(with_words(lines, self.search_query), whose=self.whose, user=self.request.user)
        try:
            return read_page(kinds, order=self.order, **self.places)
        except BrokenPlace:
            return read_page(kinds, order=self.order)

    def get_queryset(self) -> Sequence[Story]:
        """Return the stories of the page, which is all that is read of the list."""
        return self.list_page.stories

    def get_table(self, object_list: Sequence[Story]) -> StoryTable:
        """Return the table."""
        rows = rows_of(object_list, user=self.request.user, now=utc_now())
        return StoryTable(rows, order=self.order, addresses={order: self.address(order=order) for order in Order})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        """Add the ways through the list, and what of the address could not be understood."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page = self.list_page
        context["problems"] = list(self.problems())
        context["shown"] = [
            (words, self.address(whose=kind), self.whose is kind)
            for kind, words in ((None, "All"), (Whose.MINE, "Mine"), (Whose.WAITING, "Waiting for me"))
        ]
        context["by_deadline"] = self.order is Order.DUE
        context["first"] = self.address() if page.newer else None
        context["newer"] = self.address(newer=page.newer) if page.newer else None
        context["older"] = self.address(older=page.older) if page.older else None
        return context

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each part of the address that was left out, because it means nothing."""
        try:
            self.places  # noqa: B018 - asked for what it raises
        except BrokenPlace:
            yield "This address names no place in the list, so it is shown from its beginning."
        for name, sentences in self.filters.form.errors.items():
            yield from (f"{self.filters.form.fields[name].label}: {sentence}" for sentence in sentences)
        if self.filters.form.errors:
            yield "The list is not narrowed; choose again."
        yield from self.search_form.errors.get("q", ())
        if self.search_query and not folded(self.search_query):
            yield "There is no letter and no number to look for in this search."

    def address(self, **changed: object) -> str:
        """Return the address of this list with something changed; it begins at the first page."""
        words = self.request.GET.copy()
        for name in (*_PLACES, "_w_filter_fragment"):
            words.pop(name, None)
        for name, value in changed.items():
            words.pop(name, None)
            if value is not None:
                words[name] = str(value)
        return f"{self.index_url}?{words.urlencode()}" if words else str(self.index_url)


class ChooseSectionView(ChoosePlaceView):
    """Asks in which section a new story is written. Sections outside the person's limits are not offered."""

    page_title = "In which section?"

    def get_valid_parent_pages(self, user: Any) -> QuerySet[Any]:  # noqa: ANN401 - Wagtail's signature
        """Return the sections the person may write in, of every language."""
        pages = super().get_valid_parent_pages(user)
        limits = [] if user.is_superuser else list(user.section_limits.values_list("section_key", flat=True))
        return pages.filter(slug__in=limits) if limits else pages


class StoryViewSet(PageListingViewSet):
    """Stories, first in the menu."""

    model = Story
    name = "story_list"
    url_prefix = "stories"
    icon = "doc-full"
    menu_label = "Stories"
    menu_name = "stories"
    menu_order = 100
    add_to_admin_menu = True
    index_view_class = StoryListView
    choose_parent_view_class = ChooseSectionView
    filterset_class = StoryFilters

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, Any]:
        """Say “Add a story” on the button."""
        return super().get_common_view_kwargs(add_item_label="Add a story", **kwargs)
