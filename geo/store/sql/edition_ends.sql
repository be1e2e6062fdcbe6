-- Once the rows are in: keys, indexes, and what the planner needs to know.
ALTER TABLE entries ADD PRIMARY KEY (number);
CREATE UNIQUE INDEX ON entries (id);
CREATE INDEX places_point ON places USING gist (point);
ALTER TABLE places ADD PRIMARY KEY (number);
CREATE INDEX ON places USING gin (tokens gin__int_ops) WITH (fastupdate = off);
CREATE INDEX ON places (number) WHERE is_line;
ALTER TABLE hours ADD PRIMARY KEY (number);
ALTER TABLE words ADD PRIMARY KEY (number);
CREATE UNIQUE INDEX ON words (word);
CREATE INDEX ON words USING gin (word gin_trgm_ops) WHERE likelihood IS NOT NULL;
ALTER TABLE lines ADD PRIMARY KEY (rank);
ANALYZE entries;
ANALYZE places;
ANALYZE hours;
ANALYZE words;
ANALYZE lines;
