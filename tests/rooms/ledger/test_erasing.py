"""An erasure destroys a subject's documents and nothing else, and the chain proves that it was an erasure."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from broadsheet.ledger.actions import append_removal, rebuild_current
from broadsheet.ledger.chaining import chain_digest
from broadsheet.ledger.documents import decode_ninjs
from broadsheet.ledger.erasing import erased_among, erasures, pictures_ever
from broadsheet.ledger.errors import DocumentErased, LedgerError, NothingToRemove, SharedDocument, WasErased
from broadsheet.ledger.handing_out import copies_holding, note_handed_out
from broadsheet.ledger.models import Current, ErasedDocument, LedgerDocument, Placement, Release
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.records import record_of
from broadsheet.ledger.values import Act, ErasureDocument, State
from broadsheet.ledger.verifying import Damage, verify, verify_releases
from broadsheet.plain.canonical import canonical_bytes, sha256_hex
from tests.factories.deposit import chained, export, forge_manifest, publish, rows_of, verify_package, write_rows
from tests.factories.guards import guards_lifted
from tests.factories.ledger import (
    NOW,
    VI,
    a_picture,
    a_story,
    changed,
    erased,
    killed,
    released,
    taken_down,
    withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

    from broadsheet.ledger.values import StoryDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> StoryDocument:
    """1 and 2 versions of a story, 3 killed with words of its own, 4 another story, 5 the first in Vietnamese."""
    story = a_story(headline="Zanzibarine affair")
    released(story)
    released(changed(story, headline="Quixotry in court"), act=Act.UPDATE)
    killed(story, words="Wombatish mistake.")
    released(a_story(headline="Bridge opens"))
    released(changed(story, locale=VI, headline="Tin khác"))
    return story


def kept() -> str:
    return "".join(bytes(data).decode() for data in LedgerDocument.objects.values_list("bytes", flat=True))


def digests(story: StoryDocument) -> tuple[str, ...]:
    rows = Release.objects.filter(subject=story.subject, locale=story.locale).exclude(act="erase").order_by("number")
    return tuple(rows.values_list("document_digest", flat=True))


def found() -> list[tuple[str, int | None]]:
    return [(damage.part, damage.number) for damage in verify(alias="default") if damage.part != "guards"]


def test_every_document_is_destroyed_and_the_chain_still_verifies(story: StoryDocument) -> None:
    wanted = digests(story)
    record = erased(story, reference="Court of Huế, 7/2026")
    assert record.number == 6
    for word in ("Zanzibarine", "Quixotry", "Wombatish"):
        assert word not in kept()
    assert "Bridge opens" in kept()
    assert "Tin khác" in kept()
    assert list(verify(alias="default")) == []
    (erasure,) = erasures()
    assert erasure.document == ErasureDocument(
        subject=story.subject,
        locale=story.locale,
        reference="Court of Huế, 7/2026",
        asked_by="lan",
        erased=wanted,
        address=story.address,
    )
    assert (erasure.number, erasure.erased_by) == (6, "minh")
    assert verify_releases([1, 2, 3, 6]) == {1: (), 2: (), 3: (), 6: ()}


def test_readers_have_nothing_and_partners_are_told_nothing(story: StoryDocument) -> None:
    record = erased(story)
    reader = LedgerReader()
    standing = reader.current(story.subject, story.locale)
    assert standing is not None
    assert (standing.state, standing.document, standing.removal) == (State.ERASED, None, None)
    assert not Placement.objects.filter(subject=story.subject, locale=story.locale).exists()
    assert [each.locale for each in reader.editions(story.edition_key)] == [VI]
    item = decode_ninjs(reader.envelope(record.document_digest))
    assert (item["pubStatus"], item["type"]) == ("withheld", "text")
    assert not {"headlines", "edNote", "bodies", "altIds"} & item.keys()


def test_what_was_erased_is_named_wherever_it_is_asked_for(story: StoryDocument) -> None:
    first = digests(story)[0]
    erased(story, reference="Order 9")
    with pytest.raises(DocumentErased, match="erased by order “Order 9” \\(release 6\\)"):
        LedgerReader().envelope(first)
    with pytest.raises(DocumentErased, match="Order 9"):
        LedgerReader().document(first)
    assert set(erased_among([first, digests(changed(story, locale=VI))[0]])) == {first}


def test_the_derived_tables_are_made_again_from_what_is_left(story: StoryDocument) -> None:
    erased(story)
    before = list(Current.objects.order_by("subject", "locale").values_list("subject", "state", "version", "number"))
    rebuild_current()
    assert list(verify(alias="default")) == []
    after = Current.objects.order_by("subject", "locale").values_list("subject", "state", "version", "number")
    assert list(after) == before


def test_an_erased_subject_never_comes_back(story: StoryDocument) -> None:
    erased(story)
    with pytest.raises(WasErased):
        released(story)
    with pytest.raises(WasErased):
        erased(story)
    for remove in (killed, withdrawn, taken_down):
        with pytest.raises(NothingToRemove):
            remove(story)
    with pytest.raises(LedgerError, match="append_erasure"), transaction.atomic():
        append_removal(subject=story.subject, locale=story.locale, act=Act.ERASE, released_by="lan", recorded_at=NOW)
    assert list(verify(alias="default")) == []


def test_a_subject_that_was_never_released_can_be_erased_and_then_never_is() -> None:
    story = a_story()
    record = erased(story)
    assert (record.version, record.act) == (1, Act.ERASE)
    with pytest.raises(WasErased):
        released(story)
    assert list(verify(alias="default")) == []


def test_a_document_another_subject_has_too_is_not_erased(story: StoryDocument) -> None:
    with guards_lifted():
        row = Release.objects.get(number=4)
        row.document_digest = digests(story)[0]
        row.save()
    with pytest.raises(SharedDocument):
        erased(story)


def test_a_picture_tells_every_original_it_had() -> None:
    picture = a_picture()
    released(picture)
    released(a_picture(subject=picture.subject, original="cd" * 32), act=Act.UPDATE)
    assert [each.original for each in pictures_ever(picture.subject)] == ["ab" * 32, "cd" * 32]


# What a forger may do, the guards lifted.


def a_forged_row(_story: StoryDocument) -> None:
    digest = Release.objects.get(number=4).document_digest
    ErasedDocument.objects.create(digest=digest, number=6)
    LedgerDocument.objects.filter(digest=digest).delete()


def a_second_document_deleted_beside(_story: StoryDocument) -> None:
    LedgerDocument.objects.filter(digest=Release.objects.get(number=5).document_digest).delete()


def a_document_put_back(story: StoryDocument) -> None:
    LedgerDocument.objects.create(digest=digests(story)[0], bytes=b"{}")


def the_erasure_changed(_story: StoryDocument) -> None:
    row = LedgerDocument.objects.get(digest=Release.objects.get(number=6).document_digest)
    row.bytes = bytes(row.bytes).replace(b"Order 7", b"Order 8")
    row.save()


def the_erasure_gone(_story: StoryDocument) -> None:
    LedgerDocument.objects.filter(digest=Release.objects.get(number=6).document_digest).delete()


def the_list_shortened(story: StoryDocument) -> None:
    ErasedDocument.objects.filter(digest=digests(story)[0]).delete()


def a_version_after_it(story: StoryDocument) -> None:
    row = Release.objects.get(number=4)
    record = record_of(row)
    last = Release.objects.get(number=6)
    new = Release(**{name: getattr(record, name) for name in record.__struct_fields__})
    new.number, new.subject, new.version, new.previous_digest = 7, story.subject, 5, last.digest
    new.digest = chain_digest(record_of(new))
    new.save()


@pytest.mark.parametrize(
    ("tamper", "damages"),
    [
        (a_forged_row, [("document", 4), ("erased", 6)]),
        (a_second_document_deleted_beside, [("document", 5)]),
        (a_document_put_back, [("erased", 1)]),
        (
            the_erasure_changed,
            [("document", 1), ("document", 2), ("document", 3), ("document", 6), *[("erased", 6)] * 3],
        ),
        (
            the_erasure_gone,
            [("document", 1), ("document", 2), ("document", 3), ("document", 6), *[("erased", 6)] * 3],
        ),
        (the_list_shortened, [("erased", 6)]),
        (a_version_after_it, [("erased", 7)]),
    ],
)
def test_tampering_beside_an_erasure_is_named(
    story: StoryDocument, tamper: Callable[[StoryDocument], None], damages: list[tuple[str, int]]
) -> None:
    erased(story)
    with guards_lifted():
        tamper(story)
        assert [each for each in found() if each[0] not in {"current", "lists"}] == damages


def test_a_document_that_is_still_there_is_said_to_have_to_go(story: StoryDocument) -> None:
    erased(story, reference="Order 9")
    with guards_lifted():
        a_document_put_back(story)
        (damage,) = [each for each in verify(alias="default") if each.part != "guards"]
    assert damage == Damage(
        "erased",
        f"The document of release 1 ({story.subject}, en, version 1) should be gone: erased by order “Order 9”"
        " (release 6).",
        1,
    )


# Outside the paper.


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The package of seven releases and the erasure of the story, whose update and release are 4 and 5."""
    settings.DATA_DIR, settings.PICTURES_DIR = tmp_path, tmp_path / "pictures"
    pictures_dir = publish(tmp_path)
    document = LedgerReader().document(Release.objects.get(number=5).document_digest)
    erased(document, reference="Toà án, 7/2026")
    made = export(tmp_path / "deposit", pictures_dir)
    assert (made.lost, made.erased, made.documents) == ((), 2, 6)
    return tmp_path / "deposit"


def packed(folder: Path, number: int) -> Path:
    digest = rows_of(folder)[number - 1]["document_digest"]
    return folder / "documents" / digest[:2] / f"{digest}.json"


def test_a_package_says_which_documents_were_erased_and_why(folder: Path) -> None:
    status, told = verify_package(folder)
    assert status == 0
    assert told[0].startswith("All is whole: 8 releases, 6 documents")
    assert told[-1].startswith("2 documents of urn:broadsheet:story:")
    assert told[-1].endswith("(release 8).")
    assert "erased by order" in told[-1]
    assert not packed(folder, 4).exists()
    assert not packed(folder, 5).exists()


def the_packed_erasure_changed(folder: Path) -> None:
    path = packed(folder, 8)
    path.write_bytes(path.read_bytes().replace(b"7/2026", b"8/2026"))


def a_packed_document_put_back(folder: Path) -> None:
    packed(folder, 4).parent.mkdir(exist_ok=True)
    packed(folder, 4).write_bytes(b"{}")


def a_second_packed_document_gone(folder: Path) -> None:
    packed(folder, 6).unlink()


def a_packed_erasure_forged(folder: Path) -> None:
    """Name one document more, and make document and row fit: the chain no longer ends as it was noted."""
    rows = rows_of(folder)
    path = packed(folder, 8)
    told = json.loads(path.read_bytes())
    path.unlink()
    told["blocks"]["erased"].append(rows[5]["document_digest"])
    data = canonical_bytes(told)
    new = chained(rows[7] | {"document_digest": sha256_hex(data)})
    write_rows(folder, [*rows[:7], new])
    packed(folder, 8).parent.mkdir(exist_ok=True)
    packed(folder, 8).write_bytes(data)
    packed(folder, 6).unlink()


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (the_packed_erasure_changed, ["release 8", "release 4", "release 5"]),
        (a_packed_document_put_back, ["release 4", "should be gone", "Toà án"]),
        (a_second_packed_document_gone, ["release 6", "missing"]),
        (a_packed_erasure_forged, ["release 6", "missing"]),
    ],
)
def test_tampering_with_a_package_is_named(folder: Path, tamper: Callable[[Path], None], words: list[str]) -> None:
    tamper(folder)
    forge_manifest(folder)
    status, told = verify_package(folder)
    assert status == 1
    for word in words:
        assert any(word in sentence.replace("?", "à") or word in sentence for sentence in told), told


# Copies that left the house.


def test_copies_that_hold_what_was_erased_are_known(story: StoryDocument) -> None:
    first, later = NOW + timedelta(days=1), NOW + timedelta(days=2)
    note_handed_out(kind="export", path=Path("/somewhere/deposit-2026"), number=3, now=first)
    erased(story)
    note_handed_out(kind="backup", path=Path("/somewhere/monday.zip"), number=6, now=later)
    (copy,) = copies_holding(story.subject, story.locale)
    assert (copy.kind, copy.name, copy.number) == ("export", "deposit-2026", 3)
    assert "deposit-2026" in copy.sentence()
    other = changed(story, locale=VI)
    assert [copy.name for copy in copies_holding(other.subject, other.locale)] == ["monday.zip"]
