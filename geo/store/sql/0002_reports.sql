-- What readers report, for the processes of several machines. Who serves readers may add a report
-- and reads none. Who looks after them reads them, notes that one was looked at, and adds to the log
-- of keepers; no more.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'service_map_keeper') THEN
    CREATE ROLE service_map_keeper NOLOGIN;
  END IF;
END
$$;

CREATE TABLE map_kept.reports (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  entry text NOT NULL CHECK (length(entry) <= 40),
  kind text NOT NULL CHECK (length(kind) <= 40),
  words text NOT NULL CHECK (length(words) <= 500),
  closed_on date,
  UNIQUE (day, entry, kind, words)
);

-- What the tokens of forms are made with: 244 bits by chance.
CREATE TABLE map_kept.report_secret (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  value bytea NOT NULL
);
INSERT INTO map_kept.report_secret (value)
  VALUES (decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'));

CREATE FUNCTION map_kept.today() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (now() AT TIME ZONE 'America/Los_Angeles')::date
$$;

-- The day as it is told, but at most one off our own: nobody has all forgotten by telling a late one.
CREATE FUNCTION map_kept.near_today(told date) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT least(greatest(told, map_kept.today() - 1), map_kept.today() + 1)
$$;

-- Delete what came before all that is not older than 90 days, by the order in which it came. A report
-- with an old day that came after one with a newer day is not old: a clock had been set back.
CREATE FUNCTION map_kept.forget(newest date) RETURNS void LANGUAGE sql AS $$
  DELETE FROM map_kept.reports WHERE number <= (
    SELECT max(number) FROM map_kept.reports WHERE day < newest - 90 AND number < coalesce(
      (SELECT min(number) FROM map_kept.reports WHERE day BETWEEN newest - 90 AND newest),
      9223372036854775807
    )
  )
$$;

-- Keep a report, once, one caller after the other; say whether it is kept, or today had enough.
CREATE FUNCTION map.add_report(told date, entry text, kind text, words text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := map_kept.near_today(told);
  most integer := CASE add_report.entry WHEN '' THEN 250 ELSE 25 END;
  of_all bigint;
  of_this bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7308614213);
  PERFORM map_kept.forget(today);
  IF EXISTS (
    SELECT FROM map_kept.reports r WHERE (r.day, r.entry, r.kind, r.words)
      = (today, add_report.entry, add_report.kind, add_report.words)
  ) THEN
    RETURN true;
  END IF;
  SELECT count(*), count(*) FILTER (WHERE r.entry = add_report.entry) INTO of_all, of_this
    FROM map_kept.reports r WHERE r.day = today;
  IF of_all >= 1000 OR of_this >= most THEN
    RETURN false;
  END IF;
  INSERT INTO map_kept.reports (day, entry, kind, words)
    VALUES (today, add_report.entry, add_report.kind, add_report.words);
  RETURN true;
END
$$;

CREATE FUNCTION map.forget_reports(told date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7308614213);
  PERFORM map_kept.forget(map_kept.near_today(told));
END
$$;

CREATE FUNCTION map.report_secret() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT value FROM map_kept.report_secret
$$;

CREATE FUNCTION map.reports_waiting() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) FROM map_kept.reports WHERE closed_on IS NULL
$$;

-- A function may be called by everybody unless that is taken back.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA map, map_kept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION map.add_report, map.forget_reports, map.report_secret, map.reports_waiting
  TO service_map_reader;

GRANT USAGE ON SCHEMA map_kept TO service_map_keeper;
GRANT SELECT, UPDATE (closed_on) ON map_kept.reports TO service_map_keeper;
GRANT SELECT, INSERT ON map_kept.acts TO service_map_keeper;
