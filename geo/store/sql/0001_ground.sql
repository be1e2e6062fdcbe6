-- What every edition stands on. Tables lie in map_kept and map_edition, which only their owner
-- sees; readers see the views of the schema map.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS intarray;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'service_map_reader') THEN
    CREATE ROLE service_map_reader NOLOGIN;
  END IF;
END
$$;

CREATE SCHEMA map;
GRANT USAGE ON SCHEMA map TO service_map_reader;

-- One row: the edition that is up. `shape` is the mark of the tables it lies in (edition.sql).
CREATE TABLE map_kept.edition (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  number integer NOT NULL,
  name text NOT NULL,
  mark text NOT NULL,
  shape text NOT NULL,
  places integer NOT NULL,
  first_minute integer NOT NULL,
  end_minute integer NOT NULL,
  closed text[] NOT NULL,
  unconfirmed text[] NOT NULL,
  gone text[] NOT NULL
);

-- The files of that edition, byte for byte, in pieces.
CREATE TABLE map_kept.files (
  name text NOT NULL,
  piece integer NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (name, piece)
);

-- The log of what keepers decided: lines are added, none is ever changed or taken out.
CREATE TABLE map_kept.acts (
  number integer PRIMARY KEY,
  line bytea NOT NULL
);

CREATE FUNCTION map_kept.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'To the log of keepers lines are only ever added.';
END
$$;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON map_kept.acts
  FOR EACH STATEMENT EXECUTE FUNCTION map_kept.refuse();

CREATE VIEW map.state AS
  SELECT edition.*, (SELECT max(number) FROM map_kept.migrations) AS migration
  FROM map_kept.edition;
GRANT SELECT ON map.state TO service_map_reader;
