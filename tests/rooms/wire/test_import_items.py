"""Items become released stories, or are refused and leave nothing behind."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from PIL import Image

from broadsheet.desk.actions import Withdraw
from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Byline, Picture, Section, Story
from broadsheet.ledger.blocks import Paragraph
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, BylineUse, SourceUse, StoryDocument
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn
from broadsheet.wire.actions import import_items
from broadsheet.wire.dispatches import Dispatch, Unreadable
from broadsheet.wire.models import TakenItem
from tests.factories.noted_pictures import iim, noted_jpeg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.wire.reports import ItemReport

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
EN = Locale("en")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper() -> None:
    set_up_desk(settings.CONFIGURATION, now=NOW)


def an_item(**changes: Any) -> dict[str, Any]:
    """A whole little item; ``None`` takes a field out."""
    fields = {
        "uri": "urn:wire:boats",
        "type": "text",
        "language": "en",
        "version": "1",
        "contentCreated": "2019-07-20T22:33:00Z",
        "headlines": [{"value": "Boats are back"}],
        "descriptions": [{"role": "summary", "value": "All eleven of them."}],
        "by": "Hoang Bach and Reuters",
        "subjects": [{"name": "Harbour life"}],
        "infoSources": [{"name": "RT", "uri": "https://rt.example"}],
        "bodies": [{"contentType": "text/html", "value": "<p>They came at dawn.</p>"}],
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def dispatch(fields: object, *, line: int = 1) -> Dispatch:
    data = json.dumps(fields).encode()
    return Dispatch(line=line, data=data, digest=sha256_hex(data), received_at=NOW)


def importing(*items: Dispatch | Unreadable, pictures: Path | None = None, section: str = "") -> Iterator[ItemReport]:
    return import_items(
        items=items, configuration=settings.CONFIGURATION, pictures_dir=pictures, default_section=section, now=NOW
    )


def take(**changes: Any) -> ItemReport:
    (report,) = importing(dispatch(an_item(**changes)))
    return report


def released(source_id: str = "urn:wire:boats") -> StoryDocument:
    story = Story.objects.get(import_source_id=source_id)
    standing = LedgerReader().current(make_urn("story", story.subject_key.hex), EN)
    assert standing is not None
    assert isinstance(standing.document, StoryDocument)
    return standing.document


def last_record() -> Any:
    reader = LedgerReader()
    return reader.record(reader.last_number())


def a_picture(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    out = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(out, "JPEG")
    (folder / name).write_bytes(out.getvalue())


def lead(**changes: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": "lead",
            "uri": "urn:wire:the-boats",
            "type": "picture",
            "by": "Getty",
            "descriptions": [{"role": "caption", "value": "Eleven boats."}],
            **changes,
        }
    ]


def test_an_item_goes_before_readers_under_its_own_date_with_everything_it_says() -> None:
    assert take().outcome == "imported"
    document = released()
    assert document.headline == "Boats are back"
    assert document.standfirst == "All eleven of them."
    assert document.published_at == datetime(2019, 7, 20, 22, 33, tzinfo=UTC)
    assert (document.address.section, document.address.day) == ("harbour-life", date(2019, 7, 21))
    assert [block.html for block in document.body if isinstance(block, Paragraph)] == ["They came at dawn."]
    assert [use.name for use in document.bylines if isinstance(use, BylineUse)] == ["Hoang Bach", "Reuters"]
    assert document.sources == (SourceUse(name="RT", url="https://rt.example"),)
    assert Byline.objects.get(name="Reuters").is_agency
    record = last_record()
    assert (record.act, record.released_by, record.recorded_at) == (Act.IMPORT, "system:import", NOW)


def test_rows_below_an_imported_story_are_numbered() -> None:
    take()
    story: Any = Story.objects.get()
    assert [row.sort_order for row in story.bylines.all()] == [0, 1]
    assert [row.sort_order for row in story.sources.all()] == [0]


def test_importing_again_takes_over_nothing() -> None:
    take()
    number = LedgerReader().last_number()
    assert take().outcome == "unchanged"
    assert take(headlines=[{"value": "Same version, other words"}]).outcome == "unchanged"
    assert (LedgerReader().last_number(), Story.objects.count()) == (number, 1)


def test_a_newer_version_brings_the_story_up_to_date_and_keeps_its_address() -> None:
    take()
    before = released()
    report = take(
        version="2",
        headlines=[{"value": "Boats are back again"}],
        by="Lan Roe",
        bodies=[{"value": "<p>At noon.</p>"}],
        infoSources=None,
    )
    assert report.outcome == "updated"
    after = released()
    assert (after.headline, after.address, after.subject) == ("Boats are back again", before.address, before.subject)
    assert ([use.name for use in after.bylines], after.sources) == (["Lan Roe"], ())
    assert last_record().act is Act.IMPORT
    assert Story.objects.get().title == "Boats are back again"
    assert LedgerReader().versions(after.subject, EN)[-1].version == 2


def test_an_older_version_that_comes_later_changes_nothing() -> None:
    take(version="10")
    assert take(version="9", headlines=[{"value": "Old words"}]).outcome == "unchanged"
    assert released().headline == "Boats are back"


def test_what_editors_made_of_a_story_is_never_written_over() -> None:
    take()
    story = Story.objects.get()
    story.title = "An editor's headline"
    with acting_as("system:test"):
        story.save()
    report = take(version="2", headlines=[{"value": "The agency's headline"}])
    assert report.outcome == "refused"
    assert "edited at the desk" in report.sentence
    assert released().headline == "An editor's headline"


def test_a_story_withdrawn_at_the_desk_is_not_brought_back() -> None:
    take()
    with acting_as("system:test"):
        Withdraw(Story.objects.get(), now=NOW).execute()
    report = take(version="2")
    assert (report.outcome, "withdrawn" in report.sentence) == ("refused", True)
    assert not Story.objects.get().live


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"language": "eo"}, "no language eo; add it to broadsheet.toml"),
        ({"language": None}, "names no language"),
        ({"embargoedUntil": "2030-01-01T00:00:00Z"}, "under embargo until 2030"),
        ({"embargoed": "some day"}, "not a time"),
        ({"pubStatus": "canceled"}, "marked the item “canceled”"),
        ({"pubstatus": "withheld", "pubStatus": None}, "marked the item “withheld”"),
        ({"type": "picture"}, "of type “picture”"),
        ({"contentCreated": None}, "no date"),
        ({"contentCreated": "2027-01-01T00:00:00Z"}, "dated ahead"),
        ({"headlines": None}, "no headline"),
        ({"headlines": [{"value": "a" * 201}]}, "201 characters"),
        ({"bodies": None}, "no body text"),
        ({"bodies": [{"value": "<script>alert(1)</script>", "contentType": "text/html"}]}, "no body text"),
        ({"bodies": [{"value": "<div>" * 600, "contentType": "text/html"}]}, "more than 512 tags"),
        ({"subjects": None}, "give one for such items with --section"),
        ({"headlines": [{"value": "On DNUM_CAZAHZCACF he left"}]}, "placeholder DNUM_CAZAHZCACF"),
        ({"bodies": [{"value": "<p>On DNUM_CAZAHZCACF he left</p>"}]}, "placeholder DNUM_CAZAHZCACF"),
        ({"associations": lead(by="DNUM_AB")}, "placeholder DNUM_AB"),
        ({"uri": ""}, "no uri"),
    ],
)
def test_an_item_not_fit_for_readers_is_refused_and_leaves_nothing_behind(changes: dict[str, Any], words: str) -> None:
    number = LedgerReader().last_number()
    report = take(**changes)
    assert (report.outcome, words in report.sentence) == ("refused", True), report.sentence
    made = [model.objects.count() for model in (Story, Section, Byline, TakenItem)]
    assert (made, LedgerReader().last_number()) == ([0, 0, 0, 0], number)


def test_bad_lines_between_items_are_reported_and_the_items_go_in() -> None:
    items = (
        dispatch(an_item(uri="urn:1"), line=1),
        Unreadable(line=2, reason="Line 2 cannot be read."),
        dispatch([], line=3),
        dispatch(an_item(uri="urn:4"), line=4),
    )
    assert [(report.line, report.outcome) for report in importing(*items)] == [
        (1, "imported"),
        (2, "refused"),
        (3, "refused"),
        (4, "imported"),
    ]


def test_a_stopped_import_goes_on_where_it_stopped() -> None:
    items = [dispatch(an_item(uri=f"urn:{number}")) for number in range(3)]
    stopped = importing(*items)
    assert next(stopped).outcome == "imported"
    stopped.close()  # type: ignore[attr-defined]
    assert [report.outcome for report in importing(*items)] == ["unchanged", "imported", "imported"]


def test_the_language_may_name_a_region_the_paper_does_not() -> None:
    report = take(language="en_GB")
    assert report.outcome == "imported"
    assert "language" in {note.kind for note in report.notes}


@pytest.mark.parametrize(
    ("name", "key"),
    [("Live", "live-section"), ("Thể thao", "the-thao"), ("18F", "s-18f"), ("A" * 90, "a" * 40), ("日本", "riben")],
)
def test_a_section_is_made_from_its_name_with_a_key_that_can_stand_in_an_address(name: str, key: str) -> None:
    assert take(subjects=[{"name": name}]).outcome == "imported"
    section = Section.objects.get()
    assert (section.key, section.title, section.live) == (key, name, True)


def test_an_item_without_a_subject_goes_into_the_section_given_for_such() -> None:
    (report,) = importing(dispatch(an_item(subjects=None)), section="old-stories")
    assert report.outcome == "imported"
    assert released().address.section == "old-stories"
    assert Section.objects.get().title == "Old stories"


def test_people_whose_names_give_the_same_key_are_told_apart() -> None:
    take(uri="urn:1", by="Jose Roe")
    take(uri="urn:2", by="José Roe")
    take(uri="urn:3", by="Jose Roe")
    assert sorted(Byline.objects.values_list("name", "key")) == [("Jose Roe", "jose-roe"), ("José Roe", "jose-roe-2")]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("the-boats.jpg", {}),
        (
            "Boats_0815.JPG",
            {"renditions": [{"name": "main", "href": "https://agency.example/x/boats_0815.jpg?size=1"}]},
        ),
        ("77.jpg", {"altIds": [{"role": "id", "value": "77"}]}),
    ],
)
def test_the_lead_picture_is_found_in_the_folder_and_shown_with_caption_and_credit(
    tmp_path: Path, name: str, changes: dict[str, Any]
) -> None:
    a_picture(tmp_path, name)
    (report,) = importing(dispatch(an_item(associations=lead(**changes))), pictures=tmp_path)
    assert (report.outcome, report.notes) == ("imported", ())
    shown = released().lead
    assert shown is not None
    assert (shown.caption, shown.alt) == ("Eleven boats.", "Eleven boats.")
    assert Picture.objects.get().credit == "Getty"


def test_pictures_in_the_body_and_behind_it_are_shown_where_they_belong(tmp_path: Path) -> None:
    for name in ("one.jpg", "two.jpg", "three.jpg"):
        a_picture(tmp_path, name)
    body = '<p>a</p><figure><img src="/files/two.jpg"><figcaption>Two</figcaption></figure><p>b</p><img src="one.jpg" alt="x">'
    associations = [*lead(uri="urn:x:one"), *lead(name="other", uri="urn:x:three")]
    item = an_item(bodies=[{"value": body}], copyrightHolder="The Agency", associations=associations)
    (report,) = importing(dispatch(item), pictures=tmp_path)
    # The lead picture is not shown a second time in the body.
    assert [note.kind for note in report.notes] == ["picture"]
    assert [type(block).__name__ for block in released().body] == ["Paragraph", "PictureUse", "Paragraph", "PictureUse"]


@pytest.mark.parametrize(
    ("content", "changes", "words"),
    [
        (None, {}, "not in the folder"),
        (b"GIF89a nothing", {}, "left out"),
        (b"", {}, "left out"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_reported_with_its_words_and_the_story_goes_in(
    tmp_path: Path, content: bytes | None, changes: dict[str, Any], words: str
) -> None:
    if content is not None:
        (tmp_path / "the-boats.jpg").write_bytes(content)
    (report,) = importing(dispatch(an_item(associations=lead(**changes))), pictures=tmp_path)
    assert report.outcome == "imported"
    (note,) = report.notes
    assert (note.kind, words in note.sentence) == ("picture", True), note
    assert "the-boats" in note.text
    assert released().lead is None


def test_a_picture_nobody_is_credited_with_is_left_out(tmp_path: Path) -> None:
    a_picture(tmp_path, "the-boats.jpg")
    (report,) = importing(dispatch(an_item(associations=lead(by=None))), pictures=tmp_path)
    assert (report.outcome, report.notes[0].kind) == ("imported", "picture")
    assert "nobody is credited" in report.notes[0].sentence


def test_a_picture_that_names_who_made_it_is_credited_from_its_file(tmp_path: Path) -> None:
    data = noted_jpeg(iim_block=iim((2, 110, b"AP"), (2, 80, b"Mai"), (2, 120, b"Of the file")))
    (tmp_path / "the-boats.jpg").write_bytes(data)
    (report,) = importing(dispatch(an_item(associations=lead(by=None))), pictures=tmp_path)
    assert (report.outcome, report.notes) == ("imported", ())
    picture = Picture.objects.get()
    assert (picture.credit, picture.creator, picture.caption) == ("AP", "Mai", "Eleven boats.")


def test_a_caption_longer_than_a_page_carries_is_cut_and_reported_whole(tmp_path: Path) -> None:
    a_picture(tmp_path, "the-boats.jpg")
    long = "Boats " * 150
    (report,) = importing(
        dispatch(an_item(associations=lead(descriptions=[{"role": "caption", "value": long}]))), pictures=tmp_path
    )
    assert [(note.kind, note.text) for note in report.notes] == [("cut", long.strip())]
    shown = released().lead
    assert shown is not None
    assert len(shown.caption) <= 600


def test_nothing_outside_the_folder_of_pictures_is_read(tmp_path: Path) -> None:
    a_picture(tmp_path, "secret.jpg")
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "the-boats.jpg").symlink_to(tmp_path / "secret.jpg")
    for uri in ("urn:wire:the-boats", "../secret.jpg", f"file://{tmp_path}/secret.jpg"):
        (report,) = importing(dispatch(an_item(uri=uri, associations=lead(uri=uri))), pictures=folder)
        assert report.outcome == "imported"
    assert not Picture.objects.exists()


def test_what_the_paper_has_no_place_for_is_reported() -> None:
    report = take(
        people=[{"name": "Lan"}],
        subjects=[{"name": "World"}, {"name": "Trade"}],
        associations=[{"name": "clip", "uri": "urn:v", "type": "video"}],
    )
    assert sorted((note.kind, note.text) for note in report.notes) == [
        ("field", ""),
        ("subject", "Trade"),
        ("video", "urn:v"),
    ]
