"""The two ways in which row history can be deleted: for an erasure that two people agreed, and of rows that a whole
import brought, once it was undone, if nobody did anything to them since. The ledger says so for ever."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION heedful_forget_history(history_table text, object_ids uuid[], erasure uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  forgotten integer;
BEGIN
  IF history_table !~ '^[a-z_]+_history$' THEN
    RAISE EXCEPTION 'only row history can be forgotten, not %', history_table;
  END IF;
  PERFORM 1 FROM ledger_erasure e
    WHERE e.id = erasure AND e.agreed_by IS NOT NULL
      AND e.organisation_id = current_setting('heedful.organisation_id')::uuid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no agreed erasure % in this organisation', erasure;
  END IF;
  EXECUTE format(
    'DELETE FROM %I WHERE pgh_obj_id = ANY($1) AND organisation_id = current_setting(''heedful.organisation_id'')::uuid',
    history_table) USING object_ids;
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;
"""
FORGET_UNDONE = """
CREATE FUNCTION heedful_forget_undone(history_table text, object_ids uuid[], undone uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tenant uuid := current_setting('heedful.organisation_id')::uuid;
  forgotten integer;
BEGIN
  IF history_table !~ '^[a-z_]+_history$' THEN
    RAISE EXCEPTION 'only row history can be forgotten, not %', history_table;
  END IF;
  PERFORM 1 FROM ledger_entry e WHERE e.id = undone AND e.organisation_id = tenant AND e.kind = 'import.undone';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no undone import % in this organisation', undone;
  END IF;
  -- Rows that are gone, and that nothing but imports and their undoing ever touched.
  EXECUTE format(
    'DELETE FROM %1$I h WHERE h.pgh_obj_id = ANY($1) AND h.organisation_id = $2
       AND NOT EXISTS (SELECT 1 FROM %2$I live WHERE live.id = h.pgh_obj_id)
       AND NOT EXISTS (
         SELECT 1 FROM %1$I o
          WHERE o.pgh_obj_id = h.pgh_obj_id AND NOT EXISTS (
            SELECT 1 FROM ledger_entry e
             WHERE e.id = (o.pgh_context->>''entry'')::uuid AND e.organisation_id = $2
               AND e.kind IN (''events.imported'', ''import.undone'')))',
    history_table, left(history_table, -8)) USING object_ids, tenant;
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARDS, "DROP FUNCTION heedful_forget_history(text, uuid[], uuid)"),
        migrations.RunSQL(FORGET_UNDONE, "DROP FUNCTION heedful_forget_undone(text, uuid[], uuid)"),
    ]
