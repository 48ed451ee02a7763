"""Guards that refuse to change or lose a release or its document, in the database itself.

SQLite: a replace-insert deletes the old row without asking the DELETE trigger unless ``recursive_triggers`` is on,
which another program may not set; so an INSERT over an existing key is refused as such. SQLite has no TRUNCATE, and
gives up its shortcut for DELETE without WHERE where a DELETE trigger exists.

PostgreSQL: one statement trigger covers UPDATE, DELETE, TRUNCATE and INSERT ... ON CONFLICT DO UPDATE. ENABLE ALWAYS
keeps it working under ``session_replication_role = replica``.
"""

from django.db import migrations

KEYS = {
    "ledger_release": "number = NEW.number OR digest = NEW.digest"
    " OR (subject = NEW.subject AND locale = NEW.locale AND version = NEW.version)",
    "ledger_ledgerdocument": "digest = NEW.digest",
}

SQLITE_GUARD = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {table} refuses UPDATE.'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {table} refuses DELETE.'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {keys})
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: {table} refuses to replace a row.'); END;
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % refuses %.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

POSTGRESQL_GUARD = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change;
"""


def put_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for table, keys in KEYS.items():
        if vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_GUARD.format(table=table), params=None)
        else:
            for statement in SQLITE_GUARD.format(table=table, keys=keys).split("END;")[:-1]:
                schema_editor.execute(statement + "END;")


def take_down(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in KEYS:
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
        else:
            for name in ("no_update", "no_delete", "no_replace"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS ledger_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
