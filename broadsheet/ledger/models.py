"""The tables of the ledger.

``Release`` and ``LedgerDocument`` are the record: database guards (migration 0002) refuse to change or lose a row.
A document is let go only where ``ErasedDocument`` names it, which grows like them (migration 0004).
``Current`` and ``Placement`` only say where things stand now; both are derived and can be rebuilt.
``Address`` keeps reader addresses reserved for ever, also those of withdrawn stories.
"""

from __future__ import annotations

from django.db import models

#: Characters of a URN at most: ``urn:broadsheet:navigation:`` and a key of 80.
URN_LENGTH = 120
LOCALE_LENGTH = 16
#: A SHA-256 in hex.
DIGEST_LENGTH = 64
WORD_LENGTH = 16


class Release(models.Model):
    """One act of publishing. Rows are numbered from 1 without a gap and chained by digest (``chaining``)."""

    number = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=URN_LENGTH)
    kind = models.CharField(max_length=WORD_LENGTH)
    locale = models.CharField(max_length=LOCALE_LENGTH)
    act = models.CharField(max_length=WORD_LENGTH)
    #: Counts from 1 within (subject, locale); a withdrawal counts too.
    version = models.PositiveIntegerField()
    document_digest = models.CharField(max_length=DIGEST_LENGTH, db_index=True)
    previous_digest = models.CharField(max_length=DIGEST_LENGTH)
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    released_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    released_by = models.CharField(max_length=255)

    class Meta:
        """One version of a subject in a locale exists once; looking back narrows by one of these, newest first."""

        constraints = [
            models.UniqueConstraint(fields=["subject", "locale", "version"], name="ledger_release_version"),
        ]
        indexes = [
            models.Index(fields=["kind", "number"], name="ledger_release_kind"),
            models.Index(fields=["locale", "number"], name="ledger_release_locale"),
            models.Index(fields=["act", "number"], name="ledger_release_act"),
            models.Index(fields=["released_by", "number"], name="ledger_release_by"),
            models.Index(fields=["recorded_at", "number"], name="ledger_release_recorded"),
        ]

    def __str__(self) -> str:
        return f"release {self.number}: {self.act} {self.subject} ({self.locale}) version {self.version}"


class LedgerDocument(models.Model):
    """The bytes of a released document, by their digest (``documents``)."""

    digest = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    bytes = models.BinaryField()

    def __str__(self) -> str:
        return f"document {self.digest}"


class ErasedDocument(models.Model):
    """A document an erasure destroyed, so that the guard lets it go. The proof is the erasure's own document."""

    digest = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    #: The release of act ``erase`` whose document names this digest.
    number = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"document {self.digest}, erased by release {self.number}"


class HandedOut(models.Model):
    """A copy of the ledger that left the house: it holds every document up to its last release, erased since or not."""

    kind = models.CharField(max_length=WORD_LENGTH)
    name = models.CharField(max_length=255)
    #: The last release in it.
    number = models.BigIntegerField(db_index=True)
    made_by = models.CharField(max_length=255)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.name} up to release {self.number}"


class Current(models.Model):
    """Where a subject stands in one locale: its last release, and whether readers see it."""

    subject = models.CharField(max_length=URN_LENGTH)
    locale = models.CharField(max_length=LOCALE_LENGTH)
    kind = models.CharField(max_length=WORD_LENGTH)
    state = models.CharField(max_length=WORD_LENGTH)
    version = models.PositiveIntegerField()
    number = models.BigIntegerField()
    document_digest = models.CharField(max_length=DIGEST_LENGTH)
    #: Shared by the versions of a story or standing page in other languages; empty for any other subject.
    edition_key = models.CharField(max_length=80, blank=True)
    first_released_at = models.DateTimeField()
    last_released_at = models.DateTimeField()

    class Meta:
        """One row per subject and locale; read by kind and by edition too."""

        constraints = [models.UniqueConstraint(fields=["subject", "locale"], name="ledger_current_subject")]
        indexes = [
            # Streaming a kind pages through it by id, however many of another kind lie between.
            models.Index(fields=["kind", "id"], name="ledger_current_kind"),
            models.Index(fields=["edition_key", "locale"], name="ledger_current_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.locale}): {self.state}, version {self.version}"


class Placement(models.Model):
    """A released subject's place in a list, as the registered projector says."""

    locale = models.CharField(max_length=LOCALE_LENGTH)
    list_name = models.CharField(max_length=URN_LENGTH)
    sort_at = models.DateTimeField()
    subject = models.CharField(max_length=URN_LENGTH)

    class Meta:
        """Read newest first; written and removed by subject."""

        constraints = [
            models.UniqueConstraint(fields=["subject", "locale", "list_name"], name="ledger_placement_subject"),
        ]
        indexes = [
            models.Index(fields=["locale", "list_name", "-sort_at", "subject"], name="ledger_placement_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.list_name} ({self.locale})"


class Address(models.Model):
    """A slug reserved for a story or standing page in one locale. Never given to another subject, even after withdrawal."""

    locale = models.CharField(max_length=LOCALE_LENGTH)
    slug = models.CharField(max_length=80)
    subject = models.CharField(max_length=URN_LENGTH)

    class Meta:
        """A slug has one subject, and a subject one slug, in each locale."""

        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="ledger_address_slug"),
            models.UniqueConstraint(fields=["locale", "subject"], name="ledger_address_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.locale}) of {self.subject}"
