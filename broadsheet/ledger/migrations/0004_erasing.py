"""Documents may be let go by an erasure, and by nothing else; the database itself looks whether it is one.

The guard against DELETE on the documents is put up anew. It lets a row go that ``ErasedDocument`` names, where the
release named with it is an erasure of the same subject and locale, and no other subject and no erasure has the document.
On PostgreSQL that takes a trigger for each row; the one for each statement keeps refusing UPDATE and TRUNCATE.

``ErasedDocument`` is filled again from the erasures' own documents, so going back and forth loses nothing of the record.
"""

import json

from django.db import migrations, models

_DOCUMENTS = "ledger_ledgerdocument"
_ERASED = "ledger_eraseddocument"

#: Holds where the row OLD of the documents must stay.
MUST_STAY = """
    NOT EXISTS (
        SELECT 1 FROM ledger_eraseddocument AS erased
        JOIN ledger_release AS erasure ON erasure.number = erased.number AND erasure.act = 'erase'
        JOIN ledger_release AS own ON own.document_digest = erased.digest
            AND own.subject = erasure.subject AND own.locale = erasure.locale
        WHERE erased.digest = OLD.digest
    ) OR EXISTS (
        SELECT 1 FROM ledger_release AS other
        JOIN ledger_eraseddocument AS erased ON erased.digest = OLD.digest
        JOIN ledger_release AS erasure ON erasure.number = erased.number
        WHERE other.document_digest = OLD.digest
            AND (other.act = 'erase' OR other.subject <> erasure.subject OR other.locale <> erasure.locale)
    )
"""

SQLITE_NO_DELETE = f"""
CREATE TRIGGER {_DOCUMENTS}_no_delete BEFORE DELETE ON {_DOCUMENTS} WHEN {MUST_STAY}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {_DOCUMENTS} refuses DELETE.'); END;
"""

SQLITE_OLD_NO_DELETE = f"""
CREATE TRIGGER {_DOCUMENTS}_no_delete BEFORE DELETE ON {_DOCUMENTS}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {_DOCUMENTS} refuses DELETE.'); END;
"""

SQLITE_ERASED = (
    f"CREATE TRIGGER {_ERASED}_no_update BEFORE UPDATE ON {_ERASED} "
    f"BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {_ERASED} refuses UPDATE.'); END;",
    f"CREATE TRIGGER {_ERASED}_no_delete BEFORE DELETE ON {_ERASED} "
    f"BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {_ERASED} refuses DELETE.'); END;",
    f"CREATE TRIGGER {_ERASED}_no_replace BEFORE INSERT ON {_ERASED} "
    f"WHEN EXISTS (SELECT 1 FROM {_ERASED} WHERE digest = NEW.digest) "
    f"BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {_ERASED} refuses to replace a row.'); END;",
)

POSTGRESQL = (
    f"DROP TRIGGER IF EXISTS {_DOCUMENTS}_no_change ON {_DOCUMENTS}",
    f"CREATE TRIGGER {_DOCUMENTS}_no_change BEFORE UPDATE OR TRUNCATE ON {_DOCUMENTS} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()",
    f"ALTER TABLE {_DOCUMENTS} ENABLE ALWAYS TRIGGER {_DOCUMENTS}_no_change",
    f"""
    CREATE OR REPLACE FUNCTION ledger_refuse_to_lose() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {MUST_STAY} THEN
            RAISE EXCEPTION 'The ledger is append-only: % refuses %.', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    f"CREATE TRIGGER {_DOCUMENTS}_no_delete BEFORE DELETE ON {_DOCUMENTS} "
    "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_to_lose()",
    f"ALTER TABLE {_DOCUMENTS} ENABLE ALWAYS TRIGGER {_DOCUMENTS}_no_delete",
    f"CREATE TRIGGER {_ERASED}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {_ERASED} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()",
    f"ALTER TABLE {_ERASED} ENABLE ALWAYS TRIGGER {_ERASED}_no_change",
)

POSTGRESQL_BACK = (
    f"DROP TRIGGER IF EXISTS {_DOCUMENTS}_no_delete ON {_DOCUMENTS}",
    "DROP FUNCTION IF EXISTS ledger_refuse_to_lose()",
    f"DROP TRIGGER IF EXISTS {_DOCUMENTS}_no_change ON {_DOCUMENTS}",
    f"CREATE TRIGGER {_DOCUMENTS}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {_DOCUMENTS} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()",
    f"ALTER TABLE {_DOCUMENTS} ENABLE ALWAYS TRIGGER {_DOCUMENTS}_no_change",
    f"DROP TRIGGER IF EXISTS {_ERASED}_no_change ON {_ERASED}",
)


def fill(apps, schema_editor):
    """Name again what the erasures in the chain destroyed; nothing in a ledger that never knew one."""
    releases, documents, erased = (
        apps.get_model("ledger", name).objects for name in ("Release", "LedgerDocument", "ErasedDocument")
    )
    for release in releases.filter(act="erase").order_by("number"):
        document = documents.get(digest=release.document_digest)
        for digest in json.loads(bytes(document.bytes))["blocks"].get("erased", ()):
            erased.create(digest=digest, number=release.number)


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL
    else:
        statements = (f"DROP TRIGGER IF EXISTS {_DOCUMENTS}_no_delete", SQLITE_NO_DELETE, *SQLITE_ERASED)
    for statement in statements:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL_BACK
    else:
        erased = (f"DROP TRIGGER IF EXISTS {_ERASED}_{name}" for name in ("no_update", "no_delete", "no_replace"))
        statements = (f"DROP TRIGGER IF EXISTS {_DOCUMENTS}_no_delete", SQLITE_OLD_NO_DELETE, *erased)
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_looking_back")]

    operations = [
        migrations.CreateModel(
            name="ErasedDocument",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="HandedOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=255)),
                ("number", models.BigIntegerField(db_index=True)),
                ("made_by", models.CharField(max_length=255)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(put_up, take_down),
    ]
