"""What the desk works on, one file per subject.

Models hold data and what a row alone can say. Acts (``desk.actions``) change what readers see; compiling
(``desk.compiling``) turns a row into a document of the ledger.
"""

from __future__ import annotations

from broadsheet.desk.logins.models import Attempts, LogIn, RecoveryCode
from broadsheet.desk.models.appointment import Appointment
from broadsheet.desk.models.byline import Byline, BylineName
from broadsheet.desk.models.correction import CorrectionNote
from broadsheet.desk.models.desk_notice import DeskNotice, Event
from broadsheet.desk.models.erasure import ErasureRequest, Remnant
from broadsheet.desk.models.front import Front
from broadsheet.desk.models.listed_story import ListedByline, ListedStory
from broadsheet.desk.models.navigation import Navigation
from broadsheet.desk.models.paper_home import PaperHome
from broadsheet.desk.models.picture import Picture, PictureRendition
from broadsheet.desk.models.picture_shown import PictureShown
from broadsheet.desk.models.preview_link import PreviewLink
from broadsheet.desk.models.section import Section, section_translation_key
from broadsheet.desk.models.section_limit import SectionLimit
from broadsheet.desk.models.standing_page import StandingPage
from broadsheet.desk.models.story import Story
from broadsheet.desk.models.story_parts import StoryByline, StorySource, StoryTopic, put_in_order
from broadsheet.desk.models.topic import Topic, TopicName

__all__ = [
    "Appointment",
    "Attempts",
    "Byline",
    "BylineName",
    "CorrectionNote",
    "DeskNotice",
    "ErasureRequest",
    "Event",
    "Front",
    "ListedByline",
    "ListedStory",
    "LogIn",
    "Navigation",
    "PaperHome",
    "Picture",
    "PictureRendition",
    "PictureShown",
    "PreviewLink",
    "RecoveryCode",
    "Remnant",
    "Section",
    "SectionLimit",
    "StandingPage",
    "Story",
    "StoryByline",
    "StorySource",
    "StoryTopic",
    "Topic",
    "TopicName",
    "put_in_order",
    "section_translation_key",
]
