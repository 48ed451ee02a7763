"""Guards that refuse to change or lose a line of the run log, in the database itself.

As those of the ledger (its migration 0002 says why each is needed). A migration that remakes the table on SQLite must
put them up again.
"""

from django.db import migrations

TABLE = "press_runlogline"

SQLITE_GUARDS = (
    f"""CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'The run log is append-only: {TABLE} refuses UPDATE.'); END;""",
    f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'The run log is append-only: {TABLE} refuses DELETE.'); END;""",
    f"""CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}
WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'The run log is append-only: {TABLE} refuses to replace a row.'); END;""",
)

POSTGRESQL_GUARDS = (
    """CREATE OR REPLACE FUNCTION press_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The run log is append-only: % refuses %.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;""",
    f"""CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION press_refuse_change();""",
    f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_change;",
)


def put_up(apps, schema_editor):
    for statement in POSTGRESQL_GUARDS if schema_editor.connection.vendor == "postgresql" else SQLITE_GUARDS:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}")
        schema_editor.execute("DROP FUNCTION IF EXISTS press_refuse_change()")
        return
    for name in ("no_update", "no_delete", "no_replace"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")


class Migration(migrations.Migration):
    dependencies = [("press", "0002_run_log")]

    operations = [migrations.RunPython(put_up, take_down)]
