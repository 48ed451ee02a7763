"""After an erasure not one of its words is left: in no table, in no file of the data folder, in no byte of the database."""

from __future__ import annotations

import gzip
import io
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from PIL import Image
from typer.testing import CliRunner
from wagtail.models import Comment, CommentReply, Workflow
from wagtail.search.backends import get_search_backend

from broadsheet.cli.main import build_app
from broadsheet.desk.actions import Correct, Kill, Release, remnants
from broadsheet.desk.actions.holding import lift_hold, put_on_hold
from broadsheet.desk.actions.sharing import share_preview
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import (
    Appointment,
    Byline,
    DeskNotice,
    Picture,
    PictureRendition,
    PreviewLink,
    StandingPage,
    Story,
)
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.ledger.values import Act
from broadsheet.ledger.verifying import verify
from broadsheet.press.actions import press_due, the_press
from broadsheet.press.queries import failed_sheets
from tests.factories import desk
from tests.rooms.desk.conftest import make_newsroom
from tests.rooms.desk.driving import fields
from tests.rooms.desk.erasing_hands import LATER, NOW, erase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


#: A word of its own for every place that takes words.
WORDS: Final = """
zanzibarine quixotry wombatish numbatly quokkaful bandicootish bilbyesque potorooed cassowarial lyrebirdy currawongs
galahdom kookaburral jabirune brolgaish dugongly thylacinic quollsome pademelons bettongate tuatarine takaheful
kakapodia wekaesque moaness huiaform kereruish ruruline titipounamu korimakoan saddlebackish stitchbirdy
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    for name in ("PICTURES_DIR", "PRESSED_DIR", "MEDIA_ROOT"):
        setattr(settings, name, tmp_path / name.split("_")[0].lower())
    settings.PRESSED_DIR.mkdir()


class Words:
    """Gives the next word; each is used once."""

    def __init__(self) -> None:
        self._left = iter(WORDS.split())
        self.used: list[str] = []

    def __call__(self) -> str:
        self.used.append(next(self._left))
        return self.used[-1]


def a_named_picture(word: Words, colour: str) -> Picture:
    """A picture with words in its row, its file's name and its file's own data."""
    image = Image.new("RGB", (900, 600), colour)
    exif = image.getexif()
    exif[0x010E], exif[0x013B] = word(), word()
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    words = PictureWords(
        title=word(),
        text_locale="en",
        caption=word(),
        alt=word(),
        credit=word(),
        creator=word(),
        copyright=word(),
        licence=word(),
        usage=word(),
    )
    picture = receive_picture(data=out.getvalue(), name=f"{word()}.jpg", words=words)
    picture.tags.add(word())
    size = ContentFile(desk.jpeg_bytes(), name=f"{Path(picture.file.name).stem}.max-165x165.jpg")
    PictureRendition.objects.create(image=picture, filter_spec="max-165x165", file=size, width=64, height=48)
    picture.file.close()
    return picture


def a_long_history(word: Words, newsroom: Any, chief: Any) -> Story:
    """A story with words wherever the desk takes them, released, corrected, killed, and drafted again."""
    picture = a_named_picture(word, "navy")
    story = desk.story(
        title=word(),
        standfirst=word(),
        body=[desk.paragraph(word()), desk.block("picture", {"picture": picture.pk, "caption": word(), "alt": word()})],
        sources=[(word(), "")],
        lead_picture=picture,
        lead_caption=word(),
        dateline_place=word(),
        url_slug="kept-address",
        search_description=word(),
        owner=newsroom.reporter,
    )
    story.save_revision(log_action=True)
    with acting_as(chief):
        put_on_hold(story, reason=word())
        story.refresh_from_db()
        Story.objects.filter(pk=story.pk).update(legal_hold="")
        Release(Story.objects.get(pk=story.pk), now=NOW).execute()
        press()
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        draft.title = word()
        draft.save_revision(log_action=True)
        draft.get_latest_revision().publish()
        live = Story.objects.get(pk=story.pk)
        live.standfirst = word()
        Story.objects.filter(pk=story.pk).update(standfirst=live.standfirst)
        Correct(Story.objects.get(pk=story.pk), now=LATER, words=word()).execute()
        share_preview(Story.objects.get(pk=story.pk), days=7, now=LATER)
        Appointment.objects.create(
            page=live, act=Act.UPDATE, due_at=LATER, made_by=chief, made_at=NOW, failed_at=LATER, sentence=word()
        )
        comment = Comment.objects.create(page=live, user=chief, text=word(), contentpath="title")
        CommentReply.objects.create(comment=comment, user=chief, text=word())
        press()
        Kill(Story.objects.get(pk=story.pk), now=LATER, words=word()).execute()
        press()
    workflow = Workflow.objects.first()
    state = workflow.start(Story.objects.get(pk=story.pk), newsroom.reporter)
    state.current_task_state.reject(user=newsroom.editor, comment=word())
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    assert newsroom.client(chief).post(preview, fields(title=word())).status_code == 200
    get_search_backend().add(Story.objects.get(pk=story.pk))
    return Story.objects.get(pk=story.pk)


def press() -> None:
    press_due(press=the_press())


def in_tables() -> Iterator[tuple[str, str]]:
    """Yield every value of every column of every table, with the table's name."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            for row in cursor.fetchall():
                for value in row:
                    data = bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
                    yield table, urllib.parse.unquote(data.decode("utf-8", "replace")).lower()


def in_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file, twins unpacked, and the files of the database itself."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".gz":
                data = gzip.decompress(data)
            elif path.suffix == ".br":
                data = brotli.decompress(data)
            yield str(path.relative_to(folder)), data.lower()
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        for path in (database, database.with_name(database.name + "-wal")):
            if path.exists():
                yield path.name, path.read_bytes().lower()


def left_of(words: list[str], folder: Path) -> set[tuple[str, str]]:
    found = {(word, table) for table, text in in_tables() for word in words if word in text}
    for name, data in in_files(folder):
        found |= {(word, name) for word in words if word.encode() in data or word in name.lower()}
    return found


@pytest.fixture
def two(_own_folder: None) -> tuple[Any, Any, Any]:
    """The newsroom and two administrators."""
    newsroom = make_newsroom()
    make = get_user_model().objects.create_superuser
    return newsroom, make("ada", "ada@example.org", "secret"), make("bea", "bea@example.org", "secret")


def test_not_one_word_of_a_story_and_its_picture_is_left(two: tuple[Any, Any, Any], tmp_path: Path) -> None:
    newsroom, first, second = two
    word = Words()
    story = a_long_history(word, newsroom, first)
    other = desk.story(title="Bridge opens")
    with acting_as(first):
        Release(other, now=LATER).execute()
    press()
    before = left_of(word.used, tmp_path)
    assert {found for found, _ in before} == set(word.used), "a word that was never kept proves nothing"
    # Comment of whoever returned it, note of the correction, notice of the kill.
    assert len([table for _, table in before if table == "desk_desknotice"]) == 3
    assert "desk_appointment" in {table for _, table in before}
    assert PreviewLink.objects.exists()

    erase(story, first, second)
    assert [name for name, _ in in_files(tmp_path) if name.startswith("pictures/")] == []
    assert not any(model.objects.filter(page=story).exists() for model in (DeskNotice, Appointment, PreviewLink))
    press()

    assert remnants() == ()
    assert [name for name, _ in in_files(tmp_path) if name.startswith("pressed/pictures/")] == []
    assert left_of(word.used, tmp_path) == set()
    assert list(verify()) == []
    (address,) = [path for path in (tmp_path / "pressed").rglob("kept-address") if path.is_dir()]
    assert [path.name for path in sorted(address.iterdir())] == ["gone.html", "gone.html.br", "gone.html.gz"]


def test_not_one_word_of_a_standing_page_and_its_picture_is_left(two: tuple[Any, Any, Any], tmp_path: Path) -> None:
    newsroom, first, second = two
    word = Words()
    picture = a_named_picture(word, "teal")
    shown = desk.block("picture", {"picture": picture.pk, "caption": word(), "alt": word()})
    page = desk.standing_page(title=word(), standfirst=word(), body=[desk.paragraph(word()), shown], owner=first)
    page.save_revision(user=newsroom.editor)

    def row() -> StandingPage:
        return StandingPage.objects.get(pk=page.pk)

    with acting_as(newsroom.chief):
        put_on_hold(row(), reason=word())
        lift_hold(row())
        Release(row(), now=NOW).execute()
        press()
        draft = row().get_latest_revision_as_object()
        draft.title = word()
        draft.save_revision(user=newsroom.editor).publish()
        Correct(row(), now=LATER, words=word()).execute()
        share_preview(row(), days=7, now=LATER)
        seen = row().latest_revision_created_at
        Appointment.objects.create(
            page=page, act=Act.UPDATE, due_at=LATER, made_at=NOW, text_saved_at=seen, failed_at=LATER, sentence=word()
        )
        Kill(row(), now=LATER, words=word()).execute()
    Comment.objects.create(page=page, user=first, text=word(), contentpath="title")
    get_search_backend().add(row())
    press()
    assert {found for found, _ in left_of(word.used, tmp_path)} == set(word.used)
    address = row().url_slug

    erase(row(), first, second)
    press()

    assert remnants() == ()
    # The address is kept for ever, and was made of the first title.
    assert {found for found, _ in left_of(word.used, tmp_path)} <= {address}
    assert list(verify()) == []


def test_not_one_word_of_a_byline_is_left_that_no_story_printed(two: tuple[Any, Any, Any], tmp_path: Path) -> None:
    _, first, second = two
    word = Words()
    person = desk.byline(name=word(), key=word(), names={"vi": word()})
    with acting_as(first):
        Release(person, now=NOW).execute()
        person.name = word()
        person.save()
    get_search_backend().add(Byline.objects.get(pk=person.pk))
    press()
    assert {found for found, _ in left_of(word.used, tmp_path)} == set(word.used)
    erase(Byline.objects.get(pk=person.pk), first, second)
    press()
    # What the press remembers of an address it had is that address.
    assert {found for found, _ in left_of(word.used, tmp_path)} <= {person.key}
    assert list(verify()) == []


def test_a_file_that_could_not_be_removed_is_told_and_removed_with_the_next_press(
    two: tuple[Any, Any, Any], tmp_path: Path
) -> None:
    _, first, second = two
    picture = a_named_picture(Words(), "navy")
    original = tmp_path / "pictures" / "originals" / picture.original_digest[:2] / picture.original_digest
    original.unlink()
    (original / "in the way").mkdir(parents=True)
    erase(picture, first, second)
    assert any(picture.original_digest in left for left in remnants())
    told = CliRunner().invoke(build_app(), ["ledger", "verify"])
    assert told.exit_code == 1
    assert f"still there: an original, and the sizes made of it {picture.original_digest}." in told.stdout

    (original / "in the way").rmdir()
    original.rmdir()
    original.write_bytes(b"left by a crash")
    press()
    assert (remnants(), original.exists()) == ((), False)
    assert CliRunner().invoke(build_app(), ["ledger", "verify"]).exit_code == 0


def test_a_picture_another_one_was_made_of_too_keeps_its_files(two: tuple[Any, Any, Any], tmp_path: Path) -> None:
    _, first, second = two
    picture = a_named_picture(Words(), "navy")
    original = tmp_path / "pictures" / "originals" / picture.original_digest[:2] / picture.original_digest
    words = PictureWords(title="The same", text_locale="en", alt="A field", credit="Somebody else")
    twin = receive_picture(data=original.read_bytes(), name="same.jpg", words=words)
    with acting_as(first):
        for shown in (picture, twin):
            Release(desk.story(title=f"With {shown.pk}", lead_picture=shown), now=NOW).execute()
    press()
    files = [name for name, _ in in_files(tmp_path) if name.startswith("pressed/pictures/")]
    erase(picture, first, second)
    press()
    assert original.exists()
    left = [name for name, _ in in_files(tmp_path) if name.startswith("pressed/pictures/")]
    assert 0 < len(left) < len(files)
    assert (remnants(), failed_sheets(), list(verify())) == ((), (), [])
