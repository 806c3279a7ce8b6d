"""What ticks: Celery tasks of at most five lines; they load the office when they run."""
