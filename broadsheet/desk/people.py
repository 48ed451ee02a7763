"""Circles of people round a story or standing page, each as a condition on users, so that all who are told are read by one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Revision, TaskState, WorkflowState

from broadsheet.desk.models import PaperHome, SectionLimit
from broadsheet.desk.permissions import INSPECTORS
from broadsheet.desk.subjects import subject_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from broadsheet.desk.models import StandingPage, Story

_WRITE: Final = "add_page"
_CHANGE: Final = "change_page"
_RELEASE: Final = "publish_page"


def its_people(page: Story | StandingPage) -> Q:
    """Whose it is, who sent it for approval the last time round, and who approved a step of it then."""
    approval = _last_approval(page)
    return _owner_and_senders(page, approval) | _those_who_approved(approval)


def its_authors(page: Story | StandingPage) -> Q:
    """Whose it is, and who sent it for approval the last time round: first, and again after it was returned."""
    return _owner_and_senders(page, _last_approval(page))


def hands(page: Story | StandingPage) -> Q:
    """Who ever worked on it: saved a draft, or did anything the desk's log tells of."""
    drafts = Revision.objects.filter(base_content_type=_pages(), object_id=str(page.pk))
    deeds = PageLogEntry.objects.filter(page_id=page.pk)
    return Q(pk__in=drafts.values("user")) | Q(pk__in=deeds.values("user_id"))


def writers(page: Story | StandingPage) -> Q:
    """Who may write where it stands: the right in its language, and no limit to other sections."""
    return _with_right(page, _WRITE)


def chief_editors(page: Story | StandingPage) -> Q:
    """Who may release it: the right in its language, and no limit to other sections; for a standing page to none."""
    return _with_right(page, _RELEASE)


def approvers(page: Story | StandingPage, step: TaskState) -> Q:
    """Who may take that step: in one of its groups, with the right in its language, and in its section.

    The last step releases, so it takes the right to.
    """
    is_last = step.workflow_state.workflow.tasks.last().pk == step.task_id
    in_groups = _users().filter(groups__in=step.task.specific.groups.values("pk"))
    return Q(pk__in=in_groups.values("pk")) & _with_right(page, _RELEASE if is_last else _CHANGE)


def at_the_desk() -> QuerySet[Any]:
    """Return those who can be told at all: inspectors have no list of notices, and who has left is told nothing."""
    inspectors = _users().filter(groups__name=INSPECTORS, is_superuser=False)
    return _users().filter(is_active=True).exclude(pk__in=inspectors.values("pk"))


def _with_right(page: Story | StandingPage, right: str) -> Q:
    grants = GroupPagePermission.objects.filter(
        permission__codename=right, page__in=PaperHome.objects.filter(locale=page.locale_id).values("pk")
    )
    holders = _users().filter(groups__in=grants.values("group"))
    limits = SectionLimit.objects.all()
    here = limits.filter(section_key=subject_of(page).section_key or "")
    return Q(pk__in=holders.values("pk")) & (~Q(pk__in=limits.values("user")) | Q(pk__in=here.values("user")))


def _owner_and_senders(page: Story | StandingPage, approval: WorkflowState | None) -> Q:
    if approval is None:
        return Q(pk=page.owner_id)
    sent_again = PageLogEntry.objects.filter(
        page_id=page.pk, action="wagtail.workflow.resume", timestamp__gte=approval.created_at
    )
    return Q(pk__in=(page.owner_id, approval.requested_by_id)) | Q(pk__in=sent_again.values("user_id"))


def _those_who_approved(approval: WorkflowState | None) -> Q:
    steps = TaskState.objects.filter(workflow_state=approval, status=TaskState.STATUS_APPROVED)
    return Q(pk__in=steps.values("finished_by")) if approval else Q()


def _last_approval(page: Story | StandingPage) -> WorkflowState | None:
    # Read apart: most pages have none, and then one short question is left of a long one.
    states = WorkflowState.objects.filter(base_content_type=_pages(), object_id=str(page.pk))
    return states.order_by("-created_at", "-pk").first()


def _pages() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _users() -> QuerySet[Any]:
    return get_user_model()._default_manager.all()  # noqa: SLF001 - Django's documented name
