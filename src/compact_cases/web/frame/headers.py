"""What every answer says to the browser about safety, 404s and faults included."""

from litestar.types import BeforeMessageSendHookHandler, Message, Scope

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


def safe_headers(base_url: str) -> BeforeMessageSendHookHandler:
    """The hook that sets them; a page is not kept by anybody unless its handler says otherwise."""
    wanted = {**ALWAYS, "Cache-Control": "no-store"}
    if base_url.startswith("https://"):
        wanted["Strict-Transport-Security"] = "max-age=31536000"
    always = [(name.lower().encode(), value.encode()) for name, value in wanted.items()]

    async def set_headers(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        own = list(message.get("headers", []))
        there = {name.lower() for name, _ in own}
        own += [header for header in always if header[0] not in there]
        if new_cookie := scope.get("state", {}).get("new_cookie"):
            own.append(new_cookie)
        message["headers"] = own

    return set_headers
