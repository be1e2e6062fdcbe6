-- The new edition takes the place of the one before: readers wait for this moment only.
DROP SCHEMA IF EXISTS map_edition CASCADE;
ALTER SCHEMA map_fresh RENAME TO map_edition;
CREATE VIEW map.entries AS SELECT * FROM map_edition.entries;
CREATE VIEW map.places AS SELECT * FROM map_edition.places;
CREATE VIEW map.hours AS SELECT * FROM map_edition.hours;
CREATE VIEW map.words AS SELECT * FROM map_edition.words;
CREATE VIEW map.lines AS SELECT * FROM map_edition.lines;
GRANT SELECT ON map.entries, map.places, map.hours, map.words, map.lines TO service_map_reader;
