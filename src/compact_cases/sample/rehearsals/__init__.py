"""Written cases that are played through time, and what each day should bring; a module a chapter."""

from compact_cases.sample.rehearsals import enquiry, review

REHEARSALS = {one.name: one for one in (*enquiry.REHEARSALS, *review.REHEARSALS)}
