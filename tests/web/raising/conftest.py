"""Somebody who fills in the form, at the desk of the module that asks."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.desk import Desk
from tests.web.form_filler import FormFiller


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient[Litestar]]:
    with desk.browser() as browser:
        yield browser


@pytest.fixture
def person(client: TestClient[Litestar]) -> FormFiller:
    filler = FormFiller(client)
    filler.begin()
    return filler
