"""Store: the catalogue in a database, for more places or processes than files are good for."""
