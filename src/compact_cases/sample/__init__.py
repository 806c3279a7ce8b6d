"""The invented register and cases of ``up --sample``, played through the office with a clock of their own."""

from compact_cases.sample.played import load

__all__ = ["load"]
