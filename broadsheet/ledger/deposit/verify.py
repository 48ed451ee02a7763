"""Verify a deposit package of a Broadsheet ledger: python3 verify.py [FOLDER].

Needs Python 3.9 or newer and nothing else. Reads only. Prints one sentence for each damage and ends with status 1, or
says that all is whole and ends with status 0.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GENESIS = "0" * 64
RELEASE = {
    "number": int,
    "subject": str,
    "kind": str,
    "locale": str,
    "act": str,
    "version": int,
    "document_digest": str,
    "previous_digest": str,
    "digest": str,
    "released_at": str,
    "recorded_at": str,
    "released_by": str,
}
CHAINED_APART = {"previous_digest", "document_digest", "digest"}
LOG_LINE = {
    "path": str,
    "what": str,
    "digest": str,
    "renderer": str,
    "record_number": int,
    "record_digest": str,
    "run": int,
    "at": str,
}
MANIFEST: dict[str, type] = {
    "broadsheet": str,
    "chain": dict,
    "counts": dict,
    "exported_at": str,
    "files": list,
    "format": str,
    "paper": str,
    "sha256": str,
}
FILE = {"path": str, "sha256": str, "size": int}
ALWAYS = ("README.txt", "releases.jsonl", "runlog.jsonl", "verify.py")
KEPT = re.compile(r"(?:documents/([0-9a-f]{2})/(\1[0-9a-f]{62})\.json|pictures/([0-9a-f]{2})/(\3[0-9a-f]{62}))")
DIGEST = re.compile(r"[0-9a-f]{64}")


def canonical(value: object) -> bytes:
    """Return the value as canonical JSON (RFC 8785). Exact for strings, integers and nulls under plain ASCII names."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def has_fields(value: object, fields: dict[str, type]) -> bool:
    """Return whether the value is an object with exactly these fields of these types."""
    return (
        isinstance(value, dict)
        and value.keys() == fields.keys()
        and all(type(value[name]) is wanted for name, wanted in fields.items())
    )


def read_object(data: bytes, fields: dict[str, type]) -> dict[str, Any] | None:
    """Return the object the bytes hold, None unless it has these fields and is written canonically."""
    try:
        value = json.loads(data.decode("utf-8"))
        fits = has_fields(value, fields) and canonical(value) == data
    except (ValueError, RecursionError):
        return None
    return value if fits else None


def about(row: dict[str, Any]) -> str:
    """Return which release the row is, for a sentence."""
    return f"{row['number']} ({row['subject']}, {row['locale']}, version {row['version']})"


def by_order(erasure: tuple[str, str, int, str]) -> str:
    """Return what is said in the place of what the erasure destroyed."""
    return f"erased by order \u201c{erasure[3]}\u201d (release {erasure[2]})"


def gaps(numbers: Iterable[int], until: int) -> Iterator[tuple[int, int]]:
    """Yield first and last of each stretch of numbers from 1 that is not among these."""
    expected = 1
    for number in (*sorted(numbers), until + 1):
        if number > expected:
            yield expected, number - 1
        expected = number + 1


class Package:
    """One package and what is known of it so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] | None = None
        self.manifest_digest = ""
        #: The digest of each release, as its line says.
        self.digests: dict[int, str] = {}
        #: Files of documents and pictures the chain names, and whether each is whole.
        self.kept: dict[str, bool] = {}
        #: Files and numbers of releases a sentence was said about, so that one damage is not told twice.
        self.told: set[str | int] = set()
        #: The documents erased by order: subject and locale, number and reference of the erasure, by digest.
        self.erased: dict[str, tuple[str, str, int, str]] = {}
        #: A sentence for each erasure.
        self.erasures: list[str] = []
        self.counts = {"documents": 0, "pictures": 0, "releases": 0, "runlog": 0}

    def damages(self) -> Iterator[str]:
        """Yield a sentence for each damage."""
        if not self.is_file("releases.jsonl"):
            yield "releases.jsonl is missing: without the chain of releases nothing can be proved."
            return
        found = 0
        self.read_erasures()
        for check in (self.check_manifest, self.check_chain, self.check_end, self.check_run_log, self.check_files):
            for sentence in check():
                found += 1
                yield sentence
        if not found:
            yield from self.check_counts()

    def last_number(self) -> int:
        """Return the number of the last release in the chain."""
        return max(self.digests, default=0)

    def lines(self, name: str, fields: dict[str, type]) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Yield number and object of each line; nothing where there is no file, which check_files says."""
        if not self.is_file(name):
            return
        with (self.folder / name).open("rb") as file:
            for place, line in enumerate(file, start=1):
                yield place, read_object(line[:-1], fields) if line.endswith(b"\n") else None

    def is_file(self, path: str) -> bool:
        """Return whether a file of its own stands there."""
        return (self.folder / path).is_file() and not (self.folder / path).is_symlink()

    def digest_of(self, path: str) -> str:
        """Return the SHA-256 of the file, read piece by piece."""
        made = hashlib.sha256()
        with (self.folder / path).open("rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                made.update(piece)
        return made.hexdigest()

    def read_erasures(self) -> None:
        """Learn from the document of each erasure which documents it destroyed; one that is not whole says nothing."""
        for _, row in self.lines("releases.jsonl", RELEASE):
            if row is None or row["act"] != "erase" or not DIGEST.fullmatch(row["document_digest"]):
                continue
            path = f"documents/{row['document_digest'][:2]}/{row['document_digest']}.json"
            if not self.is_file(path) or self.digest_of(path) != row["document_digest"]:
                continue
            try:
                told = json.loads((self.folder / path).read_bytes())["blocks"]
                own = told["subject"], told["locale"], row["number"], str(told["reference"])
                erased = [str(digest) for digest in told.get("erased", ())]
            except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
                continue
            if own[:2] == (row["subject"], row["locale"]):
                self.erased.update(dict.fromkeys(erased, own))
                self.erasures.append(f"{len(erased)} documents of {own[0]} ({own[1]}) were {by_order(own)}.")

    def erasure_of(self, row: dict[str, Any]) -> tuple[str, str, int, str] | None:
        """Return the later erasure of the same subject that names the row's document."""
        found = self.erased.get(row["document_digest"])
        is_own = found is not None and found[:2] == (row["subject"], row["locale"]) and found[2] > row["number"]
        return found if is_own else None

    def check_manifest(self) -> Iterator[str]:
        """Read the manifest and check it against its own digest."""
        if not self.is_file("manifest.json"):
            yield "manifest.json is missing: nothing says which files belong to the package."
            return
        data = (self.folder / "manifest.json").read_bytes()
        self.manifest_digest = sha256(data)
        found = read_object(data[:-1], MANIFEST) if data.endswith(b"\n") else None
        if (
            found is None
            or not has_fields(found["chain"], {"digest": str, "number": int})
            or not has_fields(found["counts"], dict.fromkeys(self.counts, int))
            or not all(has_fields(each, FILE) for each in found["files"])
        ):
            yield "manifest.json is not as Broadsheet wrote it: it was changed, and cannot be used."
            return
        self.manifest = found
        if sha256(canonical({name: found[name] for name in found if name != "sha256"})) != found["sha256"]:
            yield "manifest.json was changed after it was written: its own digest does not fit."

    def check_chain(self) -> Iterator[str]:
        """Walk the releases: each row, its place, its link to the one before, its document, its picture."""
        for _, row in self.lines("releases.jsonl", RELEASE):
            if row is not None and row["number"] > 0:
                self.digests.setdefault(row["number"], row["digest"])
        seen: set[int] = set()
        last = 0
        for place, row in self.lines("releases.jsonl", RELEASE):
            self.counts["releases"] += 1
            if row is None or row["number"] < 1:
                self.told.add("releases.jsonl")
                yield f"Line {place} of releases.jsonl cannot be read as a release: it was changed."
                continue
            for sentence in (*self.check_place(row, place, last, seen), *self.check_link(row)):
                self.told.update(("releases.jsonl", row["number"]))
                yield sentence
            seen.add(row["number"])
            last = row["number"]
            yield from self.check_document(row)

    def check_place(self, row: dict[str, Any], place: int, last: int, seen: set[int]) -> Iterator[str]:
        """Look whether the row comes once, and after those with smaller numbers."""
        if row["number"] in seen:
            yield f"Line {place} of releases.jsonl holds release {about(row)} a second time."
        elif row["number"] < last:
            yield f"Line {place} of releases.jsonl holds release {about(row)} after release {last}: the order was changed."

    def check_link(self, row: dict[str, Any]) -> Iterator[str]:
        """Compute the row's digest anew, and look whether it continues the release before."""
        own = canonical({name: row[name] for name in row if name not in CHAINED_APART})
        made = sha256(row["previous_digest"].encode() + own + row["document_digest"].encode())
        before = self.digests.get(row["number"] - 1) if row["number"] > 1 else GENESIS
        if made != row["digest"]:
            yield f"Release {about(row)} was changed after it was written."
        elif before is not None and row["previous_digest"] != before:
            yield f"Release {about(row)} is not chained to the release before it: that one was replaced."

    def check_document(self, row: dict[str, Any]) -> Iterator[str]:
        """Look whether the release's document is there and whole, and the original where it is a picture's."""
        digest = row["document_digest"]
        if not DIGEST.fullmatch(digest):
            yield f"The document of release {about(row)} has no proper digest."
            return
        path = f"documents/{digest[:2]}/{digest}.json"
        erasure = self.erasure_of(row)
        if erasure is not None:
            if self.is_file(path):
                self.told.add(path)
                yield f"The document of release {about(row)} should be gone: it was {by_order(erasure)}."
            return
        if path not in self.kept:
            yield from self.check_kept(path, digest, f"The document of release {about(row)}")
        if row["kind"] == "picture" and row["act"] != "erase" and self.kept[path]:
            try:
                original = json.loads((self.folder / path).read_bytes())["blocks"]["original"]
            except (ValueError, RecursionError, LookupError, TypeError):
                original = ""
            if not isinstance(original, str) or not DIGEST.fullmatch(original):
                yield f"The document of release {about(row)} names no original of its picture."
            elif (picture := f"pictures/{original[:2]}/{original}") not in self.kept:
                yield from self.check_kept(picture, original, f"The original of the picture of release {about(row)}")

    def check_kept(self, path: str, digest: str, what: str) -> Iterator[str]:
        """Look whether the file is there and its bytes give the digest it is named by."""
        self.kept[path] = self.is_file(path) and self.digest_of(path) == digest
        if not self.is_file(path):
            yield f"{what} is missing: there is no {path}."
        elif not self.kept[path]:
            yield f"{what} was changed after it was written: the bytes of {path} give another digest."

    def check_end(self) -> Iterator[str]:
        """Name what the chain lacks, up to the last release the manifest knows of."""
        end: dict[str, Any] = self.manifest["chain"] if self.manifest else {"number": 0, "digest": GENESIS}
        last = self.last_number()
        for first, until in gaps(self.digests, max(last, end["number"])):
            lost = f"Release {first} is" if first == until else f"Releases {first} to {until} are"
            cut = ": the end of the chain was cut off" if until > last else ""
            self.told.update(("releases.jsonl", until))
            yield f"{lost} missing from releases.jsonl{cut}."
        if self.manifest is None:
            return
        if last > end["number"]:
            self.told.add("releases.jsonl")
            yield f"The chain ends with release {last}, and the manifest with release {end['number']}."
        elif last == end["number"] and self.digests.get(last, GENESIS) != end["digest"] and last not in self.told:
            self.told.update(("releases.jsonl", last))
            yield f"The last release, {last}, has another digest in the manifest than in the chain."

    def check_run_log(self) -> Iterator[str]:
        """Look whether each state of the ledger the press noted is one the chain went through."""
        beyond = (self.last_number(), "")
        for place, line in self.lines("runlog.jsonl", LOG_LINE):
            self.counts["runlog"] += 1
            if line is None:
                self.told.add("runlog.jsonl")
                yield f"Line {place} of runlog.jsonl cannot be read as a line of the run log: it was changed."
                continue
            number, digest = line["record_number"], line["record_digest"]
            noted = f"Line {place} of runlog.jsonl (run {line['run']}) noted release {number}"
            if number > self.last_number():
                beyond = max(beyond, (number, noted))
            elif digest != (self.digests.get(number, digest) if number else GENESIS) and number not in self.told:
                self.told.add(number)
                yield f"{noted} with another digest than it has in the chain: one of them was changed."
        if beyond[1] and beyond[0] not in self.told:
            yield f"{beyond[1]}, and the chain ends with release {self.last_number()}: its end was cut off."

    def check_files(self) -> Iterator[str]:
        """Compare the files with those the manifest names."""
        named: set[str] = set()
        for entry in self.manifest["files"] if self.manifest else ():
            path = entry["path"]
            if path in named:
                yield f"manifest.json names {path} twice."
            elif path not in ALWAYS and not KEPT.fullmatch(path):
                yield f"manifest.json names {path}, which is no file of a deposit package."
            else:
                yield from self.check_file(entry)
            named.add(path)
        for path in ALWAYS if self.manifest else ():
            if path not in named:
                yield f"manifest.json does not name {path}."
        for path in self.walk():
            if KEPT.fullmatch(path):
                self.counts["documents" if path.startswith("documents/") else "pictures"] += 1
            if self.manifest and path not in named and path not in (*ALWAYS, "manifest.json"):
                yield f"{path} does not belong to the package: the manifest does not name it."

    def check_file(self, entry: dict[str, Any]) -> Iterator[str]:
        """Compare one file with its line in the manifest. What the chain names has been hashed and told already."""
        path = entry["path"]
        kept = KEPT.fullmatch(path)
        if path in self.told or not self.kept.get(path, True):
            return
        if not self.is_file(path):
            yield f"{path} is missing."
        elif path not in self.kept and self.digest_of(path) != entry["sha256"]:
            yield f"{path} was changed after it was written: its bytes give another digest than the manifest's."
        elif kept and entry["sha256"] != (kept[2] or kept[4]):
            yield f"manifest.json names {path} with another digest than its name says."
        elif (self.folder / path).stat().st_size != entry["size"]:
            yield f"manifest.json names {path} with another size than it has."
        elif kept and path not in self.kept and "releases.jsonl" not in self.told and all(self.kept.values()):
            yield f"{path} is named by no release: the release that named it was taken out."

    def check_counts(self) -> Iterator[str]:
        """Compare the counts in the manifest, where nothing else was found that explains another."""
        for name, count in sorted(self.counts.items()):
            if self.manifest and self.manifest["counts"][name] != count:
                yield f"manifest.json counts {self.manifest['counts'][name]} of {name}, and there are {count}."

    def walk(self) -> Iterator[str]:
        """Yield every file and link in the folder, in order of path; links are not followed."""
        for folder, folders, files in os.walk(self.folder):
            folders.sort()
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            for name in sorted(files + links):
                yield (Path(folder) / name).relative_to(self.folder).as_posix()


def tell(sentence: str) -> None:
    """Print the sentence; what cannot be printed, or would move the cursor, becomes a question mark."""
    text = "".join(letter if letter.isprintable() else "?" for letter in sentence)
    print(text.encode(sys.stdout.encoding or "ascii", "replace").decode(sys.stdout.encoding or "ascii"))


def main() -> int:
    """Verify the package this program lies in, or the one named; return the status to end with."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    if not folder.is_dir():
        tell(f"There is no folder {folder}.")
        return 2
    package = Package(folder)
    found = 0
    try:
        for sentence in package.damages():
            found += 1
            tell(sentence)
    except OSError as error:
        tell(f"The package cannot be read to its end: {error}.")
        return 1
    if found:
        tell(f"The package is damaged: {found} found.")
        return 1
    counts = package.counts
    tell(
        f"All is whole: {counts['releases']} releases, {counts['documents']} documents, {counts['pictures']} pictures, "
        f"{counts['runlog']} lines of the run log."
    )
    last = package.last_number()
    tell(f"The last release is {last}, with the digest {package.digests.get(last, GENESIS)}.")
    tell(f"manifest.json has the digest {package.manifest_digest}.")
    tell("Compare both digests with those noted when the package was handed over.")
    for sentence in package.erasures:
        tell(sentence)
    return 0


if __name__ == "__main__":
    sys.exit(main())
