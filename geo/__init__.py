"""Geo: the library of the service map: typed, without Streamlit, usable by itself.

Data flow one way, and each module imports only from those before it:

- `errors`, `settings`, `i18n`: what may go wrong, what may be set, English and Spanish
- `named`: what two older articles named, and what was found
- `records`, `hours`, `timetable`: the columns of a service and their words; opening hours, and
  the same as lines of words
- `disclosure`, `checks`: what may not be told; one function a rule -> issues
- `formats`: files in and out, one module a format
- `streets`, `tiles`: the imported streets of some counties, by class, with house numbers; the same
  in squares to draw
- `areas`: counties, cities and ZIP codes
- `catalogue`: a checked file -> located places, the last good ones kept
- `travel`, `vocabulary`, `texts`, `search`: distances, and minutes by one of the `engines`; a
  question -> places
- `addresses`, `geocoders`, `geocoding`, `spots`: what a written address means; where it is, one
  module a provider; the points missing in a catalogue; the place that a reader typed
- `demand`, `measures`, `standards`, `gaps`, `figures`: who lives where; how near help is, and has
  to be by law; a planner's question -> an answer, and that as JSON, a table and lines
- `what_if`, `placing`, `siting`: a change of sites, before and after; where one more would do most
  good, by the exact models in `engines`, in a process `apart`
- `candidates`, `trials`: an answer -> where a new site could be; what one change would do
- `rounds`, `stops`, `due`: a day out; entries as its stops, and which most need a visit
- `limits`, `timing`, `breaches`, `problem`, `finish`, `slack`, `reasons`, `inspection`, `routes`,
  `by_hand`:
  what can be asked; an order timed; the solver's terms; why a stop is left out; the plan looked
  over, made, and changed by hand
- `shading`: a figure of each area -> a few classes from light to dark
- `letters`, `pdf`, `sketch`: text fit for files, pages of PDF and shaded cells on them, for
  `formats`
- `maps`, `lists`: places -> a folium map, places -> rows of words
- `findings`, `charts`, `briefs`: an answer about gaps -> sentences, Altair charts, the memo
- `itinerary`, `papers`: a plan in words; the sheet, route, calendar and table that a team takes
- `web`: what the server adds around the pages
- `commands`: one module a command of `python -m geo`
"""
