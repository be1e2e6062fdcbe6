-- The tables of one edition, made anew at each load in a schema of their own (map_fresh), which then
-- takes the place of the one before. No row that keeps its place private has anything of where.
CREATE TABLE entries (
  number integer NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  organization text NOT NULL,
  service_types text NOT NULL,
  description_en text NOT NULL,
  description_es text NOT NULL,
  street text NOT NULL,
  city text NOT NULL,
  zip text NOT NULL,
  county text NOT NULL,
  counties_served text NOT NULL,
  latitude text NOT NULL,
  longitude text NOT NULL,
  location_precision text NOT NULL,
  location_source text NOT NULL,
  location_policy text NOT NULL,
  release_ref text NOT NULL,
  phone text NOT NULL,
  phone_note text NOT NULL,
  phone_note_es text NOT NULL,
  text_line text NOT NULL,
  text_word text NOT NULL,
  text_word_es text NOT NULL,
  website text NOT NULL,
  hours text NOT NULL,
  hours_note text NOT NULL,
  hours_note_es text NOT NULL,
  languages text NOT NULL,
  eligibility text NOT NULL,
  eligibility_es text NOT NULL,
  for_survivors text NOT NULL,
  required_documents text NOT NULL,
  fees text NOT NULL,
  fees_note text NOT NULL,
  fees_note_es text NOT NULL,
  walk_in text NOT NULL,
  wheelchair text NOT NULL,
  status text NOT NULL,
  status_note text NOT NULL,
  status_note_es text NOT NULL,
  source_name text NOT NULL,
  source_ref text NOT NULL,
  source_date text NOT NULL,
  verified_on text NOT NULL,
  verified_by_role text NOT NULL,
  confidence text NOT NULL,
  feed text NOT NULL,
  sources jsonb NOT NULL,
  checks jsonb NOT NULL,
  CONSTRAINT private_places_are_nowhere CHECK (
    location_policy = 'public' OR (street || city || zip || latitude || longitude) = ''
  )
);

-- What is asked of a place. A token is 16 times the number of a word and the word's weight there.
CREATE TABLE places (
  number integer NOT NULL,
  name_rank integer NOT NULL,
  point geometry(Point, 4326),
  off_m double precision NOT NULL,
  type_group smallint NOT NULL,
  hours integer NOT NULL,
  paused boolean NOT NULL,
  is_line boolean NOT NULL,
  reached boolean NOT NULL,
  tokens integer[] NOT NULL
);

-- Each text of opening hours, and the minutes since 1970 (UTC) in which it says open, or unknown.
CREATE TABLE hours (
  number integer NOT NULL,
  text text NOT NULL,
  open int4multirange NOT NULL,
  unknown int4multirange NOT NULL
);

-- Each word: in how many places, its greatest weight, how it is written, and what else is likelier
-- to be meant by a mistyped word (null: none is taken for it).
CREATE TABLE words (
  number integer NOT NULL,
  word text COLLATE "C" NOT NULL,
  most smallint NOT NULL,
  spelled text NOT NULL,
  likelihood integer
);

CREATE TABLE lines (
  rank integer NOT NULL,
  number integer NOT NULL
);

