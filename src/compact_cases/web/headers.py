"""What every answer says to the browser about safety, 404s and faults included."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from compact_cases.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",  # an address may hold a secret
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def safe_headers(settings: Settings) -> BeforeMessageSendHookHandler:
    """The hook that sets them; a page is not kept by anybody unless its handler says otherwise."""
    always = dict(ALWAYS)
    if settings.base_url.startswith("https://"):
        always["Strict-Transport-Security"] = "max-age=31536000"

    async def set_headers(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        message.setdefault("headers", [])
        headers = MutableScopeHeaders.from_message(message)
        for name, value in always.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        if new_cookie := scope.get("state", {}).get("new_cookie"):
            message["headers"] = [*message["headers"], new_cookie]

    return set_headers
