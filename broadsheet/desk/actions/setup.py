"""Setting the desk up for a paper: languages and their homes, groups and what they may do, the approval in two steps.

Doing it again changes only what ``broadsheet.toml`` changed since.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from broadsheet.desk.actors import acting_as, current_actor
from broadsheet.desk.compiling import compile_paper
from broadsheet.desk.models import PaperHome
from broadsheet.desk.permissions import (
    CHIEF_EDITORS,
    EDITORS,
    INSPECTORS,
    PHOTO_EDITORS,
    RELEASE_PICTURES,
    REPORTERS,
    SEE_LEDGER,
)
from broadsheet.ledger.actions import append_release
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, State
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.plain.configuration import Configuration, Language

WORKFLOW: Final = "Two-step approval"
_SYSTEM: Final = "system:setup"
#: Names the homes of a paper; they are versions of one another.
_HOMES: Final = uuid.UUID("f1f0a1de-6f3c-5d0e-9a54-2f0f7a2b9c11")

#: What each group may do to the pages of every language.
_PAGE_RIGHTS: Final = {
    REPORTERS: ("add_page",),
    EDITORS: ("add_page", "change_page", "lock_page", "unlock_page"),
    CHIEF_EDITORS: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    PHOTO_EDITORS: (),
    INSPECTORS: (),
}
#: What each group may do to pictures; "add" lets people change their own.
_PICTURE_RIGHTS: Final = {
    REPORTERS: ("add_image", "choose_image"),
    EDITORS: ("add_image", "change_image", "choose_image"),
    CHIEF_EDITORS: ("add_image", "change_image", "delete_image", "choose_image"),
    PHOTO_EDITORS: ("add_image", "change_image", "delete_image", "choose_image"),
    INSPECTORS: (),
}
#: What each group may do to bylines and to topics.
_NAME_RIGHTS: Final = {
    REPORTERS: ("view", "add"),
    EDITORS: ("view", "add", "change"),
    CHIEF_EDITORS: ("view", "add", "change", "delete"),
    PHOTO_EDITORS: ("view",),
    INSPECTORS: (),
}
#: What is neither about pages nor Wagtail's own; administrators hold every right.
_OTHER_RIGHTS: Final = {
    REPORTERS: (),
    EDITORS: (SEE_LEDGER,),
    CHIEF_EDITORS: (SEE_LEDGER,),
    PHOTO_EDITORS: (RELEASE_PICTURES,),
    INSPECTORS: (SEE_LEDGER,),
}


def set_up_desk(configuration: Configuration, *, now: datetime | None = None) -> None:
    """Bring the desk in line with ``broadsheet.toml``, in one transaction.

    Units: ``now`` is UTC; commands may leave it out.
    """
    with transaction.atomic(), acting_as(_SYSTEM):
        homes = [_home(language) for language in configuration.languages]
        _one_site(configuration, homes[0])
        _clear_wagtails_own(homes)
        groups = {name: Group.objects.get_or_create(name=name)[0] for name in _PAGE_RIGHTS}
        for name, group in groups.items():
            _grant(name, group, homes)
        _approval(groups, homes)
        _release_paper(configuration, now=now or utc_now())


def _home(language: Language) -> PaperHome:
    locale, _made = Locale.objects.get_or_create(language_code=language.code)
    home = PaperHome.objects.filter(locale=locale).first()
    if home is None:
        home = PaperHome(title=language.name, slug=language.code.lower(), locale=locale, translation_key=_HOMES)
        Page.get_first_root_node().add_child(instance=home)
    if home.title != language.name:
        home.title = home.draft_title = language.name
        home.save(update_fields=["title", "draft_title"], clean=False)
    return home


def _one_site(configuration: Configuration, first: PaperHome) -> None:
    """Leave exactly one site, rooted at the paper's first language. Wagtail finds the others by translation."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    welcome = site.root_page if site.root_page_id and not isinstance(site.root_page.specific, PaperHome) else None
    if (site.root_page_id, site.site_name) != (first.pk, configuration.paper.name):
        site.root_page, site.site_name = first, configuration.paper.name
        site.save()
    Site.objects.exclude(pk=site.pk).delete()
    if welcome is not None and type(welcome.specific) is Page and not welcome.get_children().exists():
        # Wagtail's own first page, made by its migrations.
        welcome.delete()


def _clear_wagtails_own(homes: list[PaperHome]) -> None:
    """Take away what Wagtail's migrations made: rights above the language homes, and its one-step approval.

    Rights above the homes would let their holders release without being a chief editor.
    """
    GroupPagePermission.objects.exclude(page__in=homes).delete()
    for workflow in Workflow.objects.filter(name="Moderators approval", workflow_states=None):
        workflow.tasks.all().delete()
        workflow.delete()
    Group.objects.filter(name="Moderators", user=None).delete()


def _grant(name: str, group: Group, homes: list[PaperHome]) -> None:
    admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    codes = [f"{right}_{model}" for right in _NAME_RIGHTS[name] for model in ("byline", "topic")]
    of_names = Permission.objects.filter(content_type__app_label="desk", codename__in=codes)
    group.permissions.set([admin, *of_names, *map(_right, _OTHER_RIGHTS[name])])
    page_rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_RIGHTS[name])
    wanted = {(home.pk, right.pk) for home in homes for right in page_rights}
    held = GroupPagePermission.objects.filter(group=group)
    for grant in held:
        if (grant.page_id, grant.permission_id) not in wanted:
            grant.delete()
    for page_id, permission_id in wanted - set(held.values_list("page_id", "permission_id")):
        GroupPagePermission.objects.create(group=group, page_id=page_id, permission_id=permission_id)
    # Wagtail grants rights to pictures on its own model, whichever the paper's is.
    for right in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=_PICTURE_RIGHTS[name]):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=right
        )


def _right(named: str) -> Permission:
    app_label, codename = named.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _approval(groups: dict[str, Group], homes: list[PaperHome]) -> None:
    """Let stories go from an editor to a chief editor, whose approval releases them."""
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    steps = (
        ("Editor's approval", (groups[EDITORS], groups[CHIEF_EDITORS])),
        ("Chief editor's release", (groups[CHIEF_EDITORS],)),
    )
    for place, (name, approvers) in enumerate(steps):
        task = GroupApprovalTask.objects.filter(name=name).first() or GroupApprovalTask.objects.create(name=name)
        task.groups.set(approvers)
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    for home in homes:
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})


def _release_paper(configuration: Configuration, *, now: datetime) -> None:
    """Put the paper's own document into the ledger where it is new or changed."""
    document = compile_paper(configuration)
    standing = LedgerReader().current(document.subject, document.locale)
    if standing is not None and standing.document == document:
        return
    append_release(
        document=document,
        act=Act.UPDATE if standing is not None and standing.state is State.RELEASED else Act.RELEASE,
        released_by=current_actor().name,
        released_at=now,
        recorded_at=now,
    )
