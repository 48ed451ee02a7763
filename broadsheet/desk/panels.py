"""How the forms are laid out: what an editor writes first, then what a story needs, settings apart.

Imports no model, because the models name their layout here.
"""

from __future__ import annotations

from typing import Final

from django.forms import RadioSelect
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from broadsheet.desk.forms.front import FrontForm
from broadsheet.desk.forms.keyed import KeyedForm
from broadsheet.desk.forms.navigation import NavigationForm
from broadsheet.desk.forms.section import SectionForm
from broadsheet.desk.forms.standing_page import StandingPageForm
from broadsheet.desk.forms.story import StoryForm
from broadsheet.desk.lengths import HEADLINE_ADVISED, STANDFIRST_ADVISED
from broadsheet.desk.screens.foreseen_panel import ForeseenPanel
from broadsheet.desk.screens.language_panel import LanguageVersionsPanel
from broadsheet.desk.validators import MOST_TOPICS

_STORY_TEXT: Final = [
    FieldPanel(
        "title",
        heading="Headline",
        classname="title",
        widget=AdminAutoHeightTextInput(attrs={"placeholder": "Headline"}),
        help_text="At most 200 characters.",
        attrs={"data-desk-length": HEADLINE_ADVISED},
    ),
    FieldPanel("standfirst", attrs={"data-desk-length": STANDFIRST_ADVISED}),
    FieldPanel("body", attrs={"data-desk-length": ""}),
    FieldPanel("genre", heading="Type of story"),
    InlinePanel("bylines", heading="Bylines", label="Byline", panels=[FieldPanel("byline"), FieldPanel("role")]),
    MultiFieldPanel(
        [FieldPanel("lead_picture", heading="Picture"), FieldPanel("lead_caption"), FieldPanel("lead_alt")],
        heading="Lead picture",
    ),
    MultipleChooserPanel(
        "topics",
        chooser_field_name="topic",
        heading="Topics, people and places",
        label="Topic",
        max_num=MOST_TOPICS,
        help_text="What it is about, the most important first. Readers find it there.",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("dateline_place"), FieldPanel("dateline_day")])],
        heading="Dateline",
        help_text="Where and on which day the story was written.",
    ),
    InlinePanel(
        "sources",
        heading="Sources",
        label="Source",
        help_text="Named to readers below the story.",
        panels=[FieldPanel("name"), FieldRowPanel([FieldPanel("url"), FieldPanel("language")])],
    ),
    ForeseenPanel(),
]
_STORY_SETTINGS: Final = [
    FieldPanel("show_as_updated"),
    FieldPanel("embargo_until"),
    FieldPanel("url_slug"),
    LanguageVersionsPanel(),
    CommentPanel(),
]

STORY_TABS: Final = TabbedInterface(
    [
        ObjectList(_STORY_TEXT, heading="Story"),
        ObjectList(_STORY_SETTINGS, heading="Settings"),
    ],
    base_form_class=StoryForm,
)

SECTION_PANELS: Final = ObjectList(
    [
        FieldPanel("title", heading="Title", classname="title", help_text="As readers see it in the navigation."),
        FieldPanel("key"),
        FieldPanel("description"),
        FieldPanel("order", help_text="Place in the navigation, smallest first."),
    ],
    base_form_class=SectionForm,
)

STANDING_PAGE_TABS: Final = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel(
                    "title",
                    heading="Title",
                    classname="title",
                    widget=AdminAutoHeightTextInput(attrs={"placeholder": "Title"}),
                    help_text="As readers see it, on the page and in menus. At most 200 characters.",
                ),
                FieldPanel("standfirst"),
                FieldPanel("body"),
                ForeseenPanel(),
            ],
            heading="Page",
        ),
        ObjectList(
            [FieldPanel("purpose"), FieldPanel("url_slug"), LanguageVersionsPanel(), CommentPanel()],
            heading="Settings",
        ),
    ],
    base_form_class=StandingPageForm,
)

NAVIGATION_PANELS: Final = ObjectList([FieldPanel("menu"), FieldPanel("footer")], base_form_class=NavigationForm)

FRONT_PANELS: Final = ObjectList(
    [
        FieldPanel("layout", widget=RadioSelect),
        FieldPanel("slots"),
        FieldPanel("featured"),
        FieldPanel("strip"),
    ],
    base_form_class=FrontForm,
)

BYLINE_PANELS: Final = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("is_agency"),
        FieldPanel("key"),
        InlinePanel(
            "names",
            heading="Names in other languages",
            label="Name in a language",
            help_text="Only where the name is written differently there.",
            panels=[FieldRowPanel([FieldPanel("locale"), FieldPanel("name")])],
        ),
    ],
    base_form_class=KeyedForm,
)

TOPIC_PANELS: Final = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("key"),
        InlinePanel(
            "names",
            heading="Names and descriptions by language",
            label="In a language",
            help_text="The name only where it is another one there.",
            panels=[FieldPanel("locale"), FieldPanel("name"), FieldPanel("description")],
        ),
    ],
    base_form_class=KeyedForm,
)
