"""The page of the equality questions. Its address holds no secret, so nothing ties it to a concern."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.office.reception import equality
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.limits import limited

ANSWERS_AN_HOUR = 20  # from one address: the counters are to stay worth reading


@get("/equality", sync_to_thread=False)
def equality_questions() -> Template:
    return Template("raising/equality.html", context={"form": Form(), "questions": equality.QUESTIONS})


@post("/equality", sync_to_thread=True, status_code=200, guards=[limited("equality", ANSWERS_AN_HOUR)])
def equality_answers(
    premises: NamedDependency[Premises], data: URLEncodedBody[dict[str, str | list[str]]]
) -> Template:
    """Counted, and thanked for; no answer is wrong, and none is needed."""
    form = Form(data)
    counted = equality.count(premises, {name: form.one(name) for name in equality.QUESTIONS})
    return Template("raising/equality_thanks.html", context={"counted": counted})
