"""The mail catcher's pages: a list of letters, one letter, and the same as JSON; for this machine only."""

import asyncio
import json
import re
import secrets
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs

from compact_cases.parts.mail_catcher import KEPT, CaughtLetter, Letterbox

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2529;--soft:#4d5a60;--line:#c9d3d4;--ground:#fbfcfa;--act:#0b5c66}
@media(prefers-color-scheme:dark){:root{--ink:#e8eeee;--soft:#a9b8ba;--line:#3a484b;--ground:#14191b;
--act:#7fd0d8}}
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem 4rem;background:var(--ground);
color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}h1{font-size:1.75rem;line-height:1.25;
margin:.5rem 0 1rem}
h2{font-size:1.2rem;margin:2.5rem 0 .75rem}a{color:var(--act)}a:focus-visible{outline:3px solid var(--act);
outline-offset:3px}.soft{color:var(--soft)}ol{list-style:none;margin:2rem 0;padding:0}
li{padding:1rem 0;border-top:1px solid var(--line)}li a{font-size:1.125rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:1rem/1.6 ui-monospace,monospace;margin:0}
iframe{width:100%;height:36rem;border:1px solid var(--line);background:#fff}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;margin:0}dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}@media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
"""
_ADDRESS_IN_TEXT = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True)
class Answer:
    status: str
    kind: str
    body: str
    policy: str
    more: dict[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        body = self.body.encode("utf-8", "replace")
        headers = {
            "Content-Type": f"{self.kind}; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": self.policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "Connection": "close",
            **self.more,
        }
        lines = [f"HTTP/1.1 {self.status}", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class CatcherPage:
    """Answers GET on 127.0.0.1. ``port`` is checked in Host, so that no other site's name leads here."""

    def __init__(self, letterbox: Letterbox, port: int) -> None:
        self._letterbox = letterbox
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer, then the connection is closed."""
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            answer = self._answer(head.decode("latin-1")).encode()
            if head.startswith(b"HEAD "):
                answer = answer[: answer.index(b"\r\n\r\n") + 4]
            writer.write(answer)
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the visitor went away, or sent no request
        finally:
            writer.close()

    def _answer(self, head: str) -> Answer:
        first, *lines = head.split("\r\n")
        method, _, rest = first.partition(" ")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (it.partition(":") for it in lines)
        }
        if headers.get("host", "").lower() not in self._hosts:
            return _page("421 Misdirected Request", "Not here", "<p>This page is for this machine only.</p>")
        if method not in ("GET", "HEAD"):
            return _page(
                "405 Method Not Allowed", "Only for reading", "<p>Letters can only be read here.</p>"
            )
        path, _, query = rest.partition(" ")[0].partition("?")
        wanted = parse_qs(query).get("to", [None])[0]
        if path == "/":
            return _list(self._letterbox.to(wanted))
        if path == "/letters.json":
            letters = {"letters": [letter.as_json() for letter in self._letterbox.to(wanted)]}
            return Answer("200 OK", "application/json", json.dumps(letters), "default-src 'none'")
        return self._one(path)

    def _one(self, path: str) -> Answer:
        found = re.fullmatch(r"/letters/([0-9]{1,9})(/html)?", path)
        letter = self._letterbox.letter(int(found[1])) if found else None
        if not found or letter is None:
            text = f"<p>There is no such letter. Only the last {KEPT} are kept.</p>"
            return _page("404 Not Found", "No such letter", text)
        return _sandboxed(letter.body("html") or "") if found[2] else _letter(letter)


def _list(letters: list[CaughtLetter]) -> Answer:
    rows = "".join(
        f'<li><a href="/letters/{letter.number}">{escape(letter.subject) or "(no subject)"}</a><br>'
        f'<span class="soft">to {escape(", ".join(letter.to))} · {_when(letter)}</span></li>'
        for letter in reversed(letters)
    )
    count = f"{len(letters)} letter{'' if len(letters) == 1 else 's'}"
    text = (
        f'<p class="soft">{count}, newest first. Nothing here was sent to anybody. '
        '<a href="/letters.json">The same as JSON</a></p>'
    )
    return _page("200 OK", "Letters caught", text + (f"<ol>{rows}</ol>" if rows else "<p>None yet.</p>"))


def _letter(letter: CaughtLetter) -> Answer:
    headers = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in letter.message.items()
    )
    plain, html = letter.body("plain"), letter.body("html")
    parts = f'<p><a href="/">All letters</a></p><h1>{escape(letter.subject)}</h1>'
    parts += f'<p class="soft">to {escape(", ".join(letter.to))} · {_when(letter)}</p>'
    if plain is not None:
        parts += f"<h2>As plain text</h2><pre>{_linked(plain)}</pre>"
    if html is not None:
        sandbox = "allow-popups allow-popups-to-escape-sandbox"
        parts += (
            f'<h2>As HTML</h2><iframe title="The letter as HTML" sandbox="{sandbox}" '
            f'src="/letters/{letter.number}/html"></iframe>'
        )
    return _page("200 OK", letter.subject, f"{parts}<h2>Headers</h2><dl>{headers}</dl>", heading=False)


def _sandboxed(html: str) -> Answer:
    """The HTML part by itself: no script, no form, no remote picture; links open beside it."""
    policy = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    )
    return Answer("200 OK", "text/html", f'<base target="_blank">{html}', policy)


def _page(status: str, title: str, body: str, *, heading: bool = True) -> Answer:
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; frame-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    top = f"<h1>{escape(title)}</h1>" if heading else ""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} – mail catcher</title><style nonce="{nonce}">{_STYLE}</style></head>'
        f"<body><main>{top}{body}</main></body></html>"
    )
    return Answer(status, "text/html", text, policy)


def _linked(text: str) -> str:
    parts, last = [], 0
    for found in _ADDRESS_IN_TEXT.finditer(text):
        address = escape(found[0])
        parts += [escape(text[last : found.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        last = found.end()
    return "".join([*parts, escape(text[last:])])


def _when(letter: CaughtLetter) -> str:
    moment = letter.received_at
    return f'<time datetime="{moment.isoformat()}">{moment:%A %-d %B %Y, %H:%M:%S}</time>'
