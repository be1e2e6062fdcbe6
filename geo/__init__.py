"""Geo: the library of the service map: typed, without Streamlit, usable by itself.

Data flow one way, and each module imports only from those before it:

- `errors`, `settings`, `i18n`: what may go wrong, what may be set, English and Spanish
- `named`: what two older articles named, and what was found
- `records`, `hours`, `timetable`: the columns of a service and their words; opening hours, and
  the same as lines of words
- `disclosure`, `checks`: what may not be told; one function a rule -> issues
- `formats`: files in and out, one module a format
- `areas`: counties, cities and ZIP codes
- `catalogue`: a checked file -> located places, the last good ones kept
- `travel`, `vocabulary`, `texts`, `search`: distances and minutes; a question -> places
- `demand`, `measures`, `standards`, `gaps`, `figures`: who lives where; how near help is, and has
  to be by law; a planner's question -> an answer, and that as JSON, a table and lines
- `what_if`, `placing`, `siting`: a change of sites, before and after; where one more would do most
  good, by the exact models in `engines`, in a process `apart`
- `rounds`, `stops`, `due`: a day out; entries as its stops, and which most need a visit
- `limits`, `timing`, `breaches`, `problem`, `finish`, `reasons`, `inspection`, `routes`, `by_hand`:
  what can be asked; an order timed; the solver's terms; why a stop is left out; the plan looked
  over, made, and changed by hand
- `letters`, `pdf`, `sketch`: text fit for files, pages of PDF and shaded cells on them, for
  `formats`
- `maps`, `lists`: places -> a folium map, places -> rows of words
- `itinerary`, `papers`: a plan in words; the sheet, route, calendar and table that a team takes
- `web`: what the server adds around the pages
- `commands`: one module a command of `python -m geo`
"""
