"""From an organisation's code to its id, before any organisation is chosen: for commands that name it by its code."""

from django.db import migrations

FORWARDS = """
CREATE TABLE people_code (code text PRIMARY KEY, organisation_id uuid NOT NULL UNIQUE);
CREATE FUNCTION heedful_keep_code() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM people_code WHERE organisation_id = NEW.id;
  INSERT INTO people_code (code, organisation_id) VALUES (NEW.code, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_code AFTER INSERT OR UPDATE OF code ON people_organisation
FOR EACH ROW EXECUTE FUNCTION heedful_keep_code();

CREATE FUNCTION heedful_organisation_with_code(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.organisation_id FROM people_code c WHERE c.code = wanted
$$;
"""
BACKWARDS = """
DROP FUNCTION heedful_organisation_with_code(text);
DROP TRIGGER keep_code ON people_organisation;
DROP FUNCTION heedful_keep_code();
DROP TABLE people_code;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_directory")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
