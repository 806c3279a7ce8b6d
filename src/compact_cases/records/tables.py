"""The one collection of table definitions that every module of the records adds its own to."""

from sqlalchemy import MetaData

metadata = MetaData()
