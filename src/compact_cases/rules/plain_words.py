"""Words that people use where a Code of the Gloucestershire Compact says it otherwise, by undertaking."""

from collections.abc import Mapping

PlainWords = Mapping[str, tuple[str, ...]]  # by the id of the undertaking

PLAIN_WORDS: PlainWords = {
    "community-groups/5.2": ("discrimination", "disabled people", "race", "left out"),
    "community-groups/5.3": ("time to answer", "too little time", "deadline", "rushed", "survey", "reply"),
    "community-groups/5.4": ("thanks", "credit"),
    "community-groups/5.5": ("small groups", "unpaid", "volunteers", "busy"),
    "community-groups/5.6": ("independence", "interfere", "telling us what to do"),
    "community-groups/5.7": ("contact", "never told", "umbrella body"),
    "community-groups/5.8": ("overheads", "rent", "running costs", "small groups"),
    "community-groups/5.9": ("borrow", "lend", "rooms", "equipment"),
    "community-groups/5.10": ("meetings", "hall", "step-free", "short notice"),
    "community-groups/6.3": ("ask us first", "local knowledge"),
    "community-groups/6.4": ("grants", "grant forms", "apply for money", "small groups"),
    "community-groups/6.5": ("match funding", "unpaid hours"),
    "community-groups/6.6": ("try something new", "pilot"),
    "community-groups/6.7": ("buildings", "lease", "asset transfer"),
    "community-groups/7.2": ("paperwork", "reports on a grant"),
    "community-groups/7.4": ("newsletter", "pass it on"),
    "community-groups/8.2": ("deadline", "too short", "speak up"),
    "community-groups/8.3": ("speak for us", "on our behalf"),
    "multi-sector-partnerships/5.4": ("closed doors", "who sits on it"),
    "multi-sector-partnerships/5.6": ("not listened to", "left out"),
    "multi-sector-partnerships/5.14": ("minutes", "agenda", "expenses"),
    "multi-sector-partnerships/5.15": ("chairing", "shouted down"),
    "multi-sector-partnerships/5.18": ("invited late", "too late"),
}
"""The search finds an undertaking by these too. They are no reading of it: its own text stands beside."""
