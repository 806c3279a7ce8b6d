"""Rules decide, records remember, the office carries out, web and mail speak, the worker ticks.

- ``rules``: pure functions over a case and its events; no database, clock, network or randomness. A module a
  chapter (``intake``, ``enquiry``, ``closing``, ``clocks``) with its acts; ``acts`` is the table of them all.
- ``rules.events``: what can happen; a module a chapter, with its events and its part of the case.
- ``records``: PostgreSQL; one module is one table (or two that are one thing) and the few queries on it.
- ``office``: what people can do; the only layer that opens a write transaction. Rooms: ``casework`` (cases
  change, reminders), ``post`` (letters), ``reception`` (concerns come in), ``accounts`` (who gets in),
  ``registry`` (bodies, Codes, calendar).
- ``mail``: a notice and a case become a letter; a letter is delivered.
- ``reports``: read-only questions; a case's page is put together from a module a chapter.
- ``web``: forms and JSON in, pages and JSON out. Rooms: ``frame`` (what every page needs), ``raising`` (the
  form), ``cases`` (a module of acts a chapter), ``office`` (bodies, people, what is overdue), ``api``.
- ``cli``: commands in, sentences out.
- ``parts``: what ``compact-cases up`` runs on one machine.
- ``sample``: an invented register and cases, played through the office.
- ``compact``: what ships as data: the Codes, the procedure.
- ``settings``, ``clock``, ``shipped``: the environment, the time, where templates and migrations lie:
  each in one place.
"""
