"""Rules decide, records remember, the office carries out, web and mail speak, the worker ticks.

- ``rules``: pure functions over a case and its events; no database, clock, network or randomness.
- ``records``: PostgreSQL; one module is one table (or two that are one thing) and the few queries on it.
- ``office``: what people can do; the only layer that opens a write transaction.
- ``mail``: a notice and a case become a letter; a letter is delivered.
- ``reports``: read-only questions.
- ``web``, ``cli``: forms and commands in, pages and sentences out.
- ``parts``: what ``compact-cases up`` runs on one machine.
- ``sample``: an invented register and cases, played through the office.
- ``compact``: what ships as data: the Codes, the procedure.
- ``settings``, ``clock``: the environment and the time, each read in one place.
"""
