"""E-mail addresses: what is wrong with one that is typed, and how one is written on an envelope.

Nothing here takes an address apart to put it together anew: what was typed as one person's stays theirs.
"""

import re

from email_validator import EmailNotValidError, validate_email

from compact_cases.rules.writing import one_line
from compact_cases.rules.writing import problem_with as hidden_in

LONGEST = 254  # RFC 5321, 4.5.3.1.3, without its brackets
WHOLE = "Please give the whole e-mail address, like name@group.org.uk."
BEYOND_ASCII = "Many mail servers cannot write to an address with “{}” before the @. Please give another one."
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DOT_ATOM = re.compile(rf"{ATOM}(?:\.{ATOM})*")
MAY_BE_QUOTED = re.compile("[!-;=?-~]+")  # no blank, no angle bracket: those end an envelope's address
DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class Unwritable(Exception):
    """No server takes such an address without SMTPUTF8, or none at all."""


def as_typed(text: str) -> str:
    """The address without what a copied link or list brings along: "mailto:", brackets, a last ";"."""
    text = one_line(text)
    if copied := re.fullmatch(r"(?i:mailto:) ?(.+)", text):
        text = copied[1]
    if bracketed := re.fullmatch(r"<([^<>]+)>", text):
        text = bracketed[1]
    return re.sub(r" ?[;,]$", "", text)


def problem_with(address: str) -> str:
    """The sentence for whoever typed an address that mail does not reach; empty for a good one."""
    if sentence := hidden_in(address):
        return sentence
    before = address.rpartition("@")[0]
    if strange := next((sign for sign in before if not sign.isascii()), ""):
        return BEYOND_ASCII.format(strange)
    return "" if len(address) <= LONGEST and _in_ascii(address) else WHOLE


def on_the_wire(address: str) -> str:
    """The address as an envelope and a header have it: plain ASCII, its domain in punycode.

    One that was kept before such addresses were refused is quoted. Raises Unwritable.
    """
    before, _, domain = address.rpartition("@")
    if not domain.isascii():
        domain = _in_ascii(f"x@{domain}").rpartition("@")[2]
    if not (MAY_BE_QUOTED.fullmatch(before) and DOMAIN.fullmatch(domain)):
        raise Unwritable
    if not DOT_ATOM.fullmatch(before):
        before = '"{}"'.format(re.sub(r'(["\\])', r"\\\1", before))
    return f"{before}@{domain}"


def _in_ascii(address: str) -> str:
    """By RFC 5321 and IDNA 2008, without asking the network; empty for what is no address."""
    if hidden_in(address):
        return ""
    try:
        checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return checked.ascii_email or ""


def mailbox_of(email: str) -> str:
    """Whose mailbox an address is: what stands behind a plus reaches the same."""
    local, at, host = email.strip().casefold().rpartition("@")
    return local.partition("+")[0] + at + host
