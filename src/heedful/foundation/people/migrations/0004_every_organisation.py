"""Every organisation's id, for the worker's schedule only: what is done each day is done for each of them."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION heedful_every_organisation() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.organisation_id FROM people_code c
   WHERE current_setting('heedful.worker', true) = 'on' ORDER BY c.organisation_id
$$;
"""
BACKWARDS = "DROP FUNCTION heedful_every_organisation();"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_own_words")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
