"""The forms of stories, sections and standing pages: a refused act leaves what was typed where it is, and nothing is saved over others.

Only the ways into and out of Wagtail's own views are changed here; what may be done is said by the acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.editing_sessions import EditingSessionsModule
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet

from broadsheet.desk.actions.act import name_of, refuse_erased
from broadsheet.desk.actions.moments import said
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.buttons import in_newsroom_words
from broadsheet.desk.errors import ActRefused, ChangedMeanwhile, NotReady
from broadsheet.desk.middleware import tell
from broadsheet.desk.models import PaperHome, Section, StandingPage, Story
from broadsheet.desk.subjects import PAGE_MODELS, subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from broadsheet.desk.page_rights import HomePermissions


class KeepingForm:
    """What the forms for an existing page have in common (mixed into Wagtail's edit views)."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """Note which release the person's view rests on, before anything of the page is read."""
        if request.method == "POST":
            note_what_is_seen(page_id)
        return super().dispatch(request, page_id, **kwargs)  # type: ignore[misc]

    def get_object(self: Any) -> Any:  # noqa: ANN401 - one of PAGE_MODELS
        """Return the draft to edit; whether readers are told of an update is decided anew after each release.

        Raises: WasErased, where Wagtail would say that one has no permission.
        """
        page = super().get_object()  # type: ignore[misc]
        while page.latest_revision_id != getattr(self.latest_revision, "pk", None):
            # Somebody saved between the two reads, and the form must hold the version it names.
            self.real_page_record.refresh_from_db()
            self.latest_revision = self.real_page_record.get_latest_revision()
            page = super().get_object()  # type: ignore[misc]  # the mixin's other half is Wagtail's view
        if isinstance(page, Story | StandingPage) and page.removed_by == Act.ERASE:
            refuse_erased(subject_of(page))
        if isinstance(page, Story) and page.live and not page.has_unpublished_changes:
            page.show_as_updated = False
        return page

    def submit_action(self) -> HttpResponse:
        """Send for approval, and tell those who wait for it, together or not at all."""
        with transaction.atomic():
            return super().submit_action()  # type: ignore[misc]

    def form_valid(self: Any, form: Any) -> HttpResponse:  # noqa: ANN401 - Wagtail's view
        """Do what the button says, or show why not."""
        try:
            self.refuse_to_overwrite()
            return super().form_valid(form)  # type: ignore[misc]
        except ActRefused as refused:
            return self.show_refusal(refused)

    def refuse_to_overwrite(self: Any) -> None:
        """Raise ChangedMeanwhile when somebody saved a version after this form was opened."""
        if self.expects_json_response or not self.is_out_of_date:
            return
        other = self.latest_revision
        by = name_of(other.user.get_username()) if other.user else "The system"
        msg = (
            f"{by} saved another version of “{self.page.title}” at {said(other.created_at)}, after you opened it. "
            "Yours is still in the form below and is not saved yet; save again to put it in place of the other."
        )
        raise ChangedMeanwhile(msg)

    def show_refusal(self: Any, refused: ActRefused) -> HttpResponse:
        """Show the sentences. Where the draft was saved before the act was refused, go on from what was saved."""
        if self.expects_json_response:
            return self.json_error_response("refused", str(refused))
        tell(self.request, refused)
        number = self.page.latest_revision_id
        # What was undone with the act left its number on the object.
        is_new = number != getattr(self.latest_revision, "pk", None)
        if is_new and self.real_page_record.revisions.filter(pk=number).exists():
            return self.redirect_and_remain()
        _mark_fields(form=self.form, refused=refused)
        self.errors_debug = None
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Name the button in the head of the screen as the one under the form."""
        return in_newsroom_words(super().header_more_buttons)  # type: ignore[misc]

    def get_editing_sessions(self: Any) -> EditingSessionsModule:
        """Name a session that is written by the form's first ping: opening a form must not wait for the write lock."""
        session = EditingSession(id=0, user=self.request.user)
        return EditingSessionsModule(
            session,
            reverse("wagtailadmin_editing_sessions:ping", args=("wagtailcore", "page", self.page.pk, session.id)),
            reverse("wagtailadmin_editing_sessions:release", args=(session.id,)),
            [],
            self.page.latest_revision_id,
            self.latest_revision_created_at,
        )


class EditForm(KeepingForm, EditView):
    """The form of a story, section or standing page."""


class EarlierVersionForm(KeepingForm, RevisionsRevertView):
    """The form with an earlier version in it."""


class NewForm(CreateView):
    """The form of a new story, section or standing page."""

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 - Wagtail's form
        """Save the draft, and release it where asked; a refused release leaves the draft."""
        try:
            return super().form_valid(form)
        except ActRefused as refused:
            if self.expects_json_response:
                return self.json_error_response("refused", str(refused))
            tell(self.request, refused)
            if self.page.pk is not None:
                return redirect(self.get_edit_url())
            _mark_fields(form=form, refused=refused)
            self.has_unsaved_changes = True
            return self.render_to_response(self.get_context_data())


class NewSectionForm(NewForm):
    """The form of a new section."""

    def dispatch(self, request: HttpRequest, parent_page_id: int, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's signature
        """Refuse whoever may not release. Raises: PermissionDenied."""
        if not home_rights(request, parent_page_id).can_add_section():
            raise PermissionDenied
        return super().dispatch(request, parent_page_id=parent_page_id, **kwargs)


class NewStandingPageForm(NewForm):
    """The form of a new standing page."""

    def dispatch(self, request: HttpRequest, parent_page_id: int, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's signature
        """Refuse whoever may not edit everything in the language. Raises: PermissionDenied."""
        if not home_rights(request, parent_page_id).can_add_standing_page():
            raise PermissionDenied
        return super().dispatch(request, parent_page_id=parent_page_id, **kwargs)


class WithdrawView(UnpublishView):
    """The question before a withdrawal."""

    page_title = "Withdraw"
    success_message = "“%(page_title)s” is withdrawn. Readers no longer find it."


class StoryViews(PageViewSet):
    """Wagtail's screens for stories, with our forms in them."""

    model = Story
    icon = "doc-full"
    add_view_class = NewForm
    edit_view_class = EditForm
    revisions_revert_view_class = EarlierVersionForm
    unpublish_view_class = WithdrawView


class SectionViews(StoryViews):
    """The same for sections."""

    model = Section
    icon = "folder-open-inverse"
    add_view_class = NewSectionForm


class StandingPageViews(StoryViews):
    """The same for standing pages."""

    model = StandingPage
    icon = "doc-empty-inverse"
    add_view_class = NewStandingPageForm


def home_rights(request: HttpRequest, home_id: int) -> HomePermissions:
    """Return what the person may add below that language home. Raises: Http404."""
    return get_object_or_404(PaperHome, pk=home_id).permissions_for_user(request.user)


def note_what_is_seen(page_id: int) -> None:
    """Note the number of the page's last release, so that an act finds out when somebody was first."""
    for model in PAGE_MODELS:
        for page in model.objects.filter(pk=page_id):
            subject = subject_of(page)
            standing = LedgerReader().current(subject.urn, subject.locale)
            what_was_asked().seen[subject.urn] = standing.number if standing is not None else None


def _mark_fields(*, form: Any, refused: ActRefused) -> None:  # noqa: ANN401 - Wagtail's form
    if isinstance(refused, NotReady):
        for problem in refused.problems:
            if problem.field in form.fields:
                form.add_error(problem.field, problem.sentence)


@hooks.register("register_admin_viewset")
def register_views() -> list[PageViewSet]:
    """Let Wagtail use our screens for our pages."""
    return [StoryViews("story_forms"), SectionViews("section_forms"), StandingPageViews("standing_page_forms")]
