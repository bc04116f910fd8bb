"""The one way in which row history can be deleted: for an erasure that two people agreed."""

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


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION heedful_forget_history(text, uuid[], uuid)")]
