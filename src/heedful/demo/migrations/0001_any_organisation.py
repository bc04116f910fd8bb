"""Is there any organisation at all? A demonstration is only ever loaded into an empty database."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION heedful_has_organisations() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_code)
$$;
"""
BACKWARDS = "DROP FUNCTION heedful_has_organisations();"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_directory")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
