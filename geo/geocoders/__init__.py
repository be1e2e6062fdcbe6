"""Geocoders: where an address is, one module a provider; wrappers around them in `wrappers`.

A provider is a function that takes an `addresses.Address` and returns an `addresses.Answer`, or
None if it has none: no answer is no error. To add one:

1. Write a module here with a function `provider(...) -> Provider`. What it needs, such as an
   address of a server, is an argument. If it asks another host it raises an exception of
   `geopy.exc` when that host does not answer; `wrappers` know them.
2. Judge what it finds by `addresses.likeness` and `addresses.agreement`, so that scores of all
   providers mean the same, and say no more than is known: `exact` is this very building.
3. Put it into `geocoding.PROVIDERS`, and into `geocoding.ONLINE` if it asks another host.
4. Test it against a local server that speaks its form: time-outs, 429, garbage, another state.
"""
