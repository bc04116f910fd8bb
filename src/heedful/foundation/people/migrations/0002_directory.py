"""What must be known before any organisation is chosen; kept by triggers, read through one function each.

Who may act where, and from an organisation's code to its id (for commands that name it by its code).
"""

from django.db import migrations

DIRECTORY = """
CREATE FUNCTION heedful_keep_directory() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO people_directory (account_id, organisation_id) VALUES (NEW.account_id, NEW.organisation_id)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_directory AFTER INSERT OR UPDATE ON people_membership
FOR EACH ROW EXECUTE FUNCTION heedful_keep_directory();

-- The names are copied, so that this answers before any organisation is chosen.
ALTER TABLE people_directory ADD COLUMN name text NOT NULL DEFAULT '';
CREATE FUNCTION heedful_name_directory() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE people_directory d SET name = o.name FROM people_organisation o
   WHERE o.id = d.organisation_id AND d.name IS DISTINCT FROM o.name
     AND o.id = current_setting('heedful.organisation_id')::uuid;
  RETURN NULL;
END $$;
CREATE TRIGGER name_directory AFTER INSERT OR UPDATE ON people_membership
FOR EACH STATEMENT EXECUTE FUNCTION heedful_name_directory();
CREATE TRIGGER name_directory AFTER UPDATE ON people_organisation
FOR EACH STATEMENT EXECUTE FUNCTION heedful_name_directory();

CREATE FUNCTION heedful_organisations_of(account uuid) RETURNS TABLE (organisation_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.organisation_id, d.name FROM people_directory d WHERE d.account_id = account
$$;
"""
NO_DIRECTORY = """
DROP FUNCTION heedful_organisations_of(uuid);
DROP TRIGGER name_directory ON people_organisation;
DROP TRIGGER name_directory ON people_membership;
DROP FUNCTION heedful_name_directory();
DROP TRIGGER keep_directory ON people_membership;
DROP FUNCTION heedful_keep_directory();
ALTER TABLE people_directory DROP COLUMN name;
"""
CODES = """
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
NO_CODES = """
DROP FUNCTION heedful_organisation_with_code(text);
DROP TRIGGER keep_code ON people_organisation;
DROP FUNCTION heedful_keep_code();
DROP TABLE people_code;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(DIRECTORY, NO_DIRECTORY), migrations.RunSQL(CODES, NO_CODES)]
