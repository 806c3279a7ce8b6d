"""The undertakings of one section as they grow line by line; what fits in two ways is refused."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from compact_cases.rules.code_lines import (
    PAGE_FOOT,
    CodeRefused,
    Item,
    Mark,
    goes_on,
    item_in,
    joined,
    plain_text,
)
from compact_cases.rules.codes import Clause, OwedBy
from compact_cases.rules.compact import Compact

EXAMPLES = {
    OwedBy.JOINT: "Joint Undertakings",
    OwedBy.PUBLIC_SECTOR: "Public Sector Undertakings",
    OwedBy.COMMUNITY_GROUPS: "Community Group Undertakings",
    OwedBy.VCS: "Voluntary and Community Sector Undertakings",
}


@dataclass
class Undertakings:
    """What a section promises; a clause grows until the next one begins."""

    number: int
    heading: str
    owed_by: OwedBy
    compact: Compact
    document: str
    titles: Collection[str]
    clauses: list[Clause] = field(default_factory=list)
    last: Item | None = None
    first_point: Item | None = None  # of the list of the last clause

    def take(self, at: int, line: str, after_blank: bool) -> bool:
        """Read one line; False for one of the words above the first undertaking. Raises CodeRefused."""
        item = item_in(line)
        if item is None:
            self._check_owner(at, line)
            if self.clauses:
                self._go_on(at, line, after_blank)
            return bool(self.clauses)
        if item.mark is Mark.NUMBER:
            self._begin(at, item)
        else:
            self._point(at, item)
        self.last = item
        return True

    def check_complete(self, at: int, heading_at: int) -> None:
        """The section ends at this line."""
        if not self.clauses:
            raise CodeRefused(
                heading_at,
                f"section {self.number} is of undertakings, but holds none. "
                f"Give each a number, like “- {self.number}.1 Share what we know.”.",
            )
        self._check_list(at)
        last = self.clauses[-1]
        said = " ".join([last.text, *(part.text for part in last.parts), last.closing])
        if re.search(rf"(?<![\w.]){re.escape(self._expected())} +[A-Z]", said):
            raise CodeRefused(
                last.line,
                f"{self._expected()} stands in the middle of a line. Write it on a line of its own.",
            )

    def _check_list(self, at: int) -> None:
        whole = self.clauses[-1]
        if whole.text.endswith(":") and not whole.parts:
            raise CodeRefused(
                at,
                f"undertaking {whole.number} ends with a colon, but no list follows it. "
                "Write each point on a line of its own, like “  - a named contact”.",
            )

    def _expected(self) -> str:
        return f"{self.number}.{len(self.clauses) + 1}"

    def _check_owner(self, at: int, line: str) -> None:
        """A line such as "Undertakings for groups:" changes who owes what follows."""
        promiser = self.compact.promiser(line)
        if promiser is None or line.lstrip(" *")[:1].islower():
            return
        if promiser is not self.owed_by:
            raise CodeRefused(
                at,
                "this line changes who owes what follows. Write it as a heading with a number of its own, "
                f"like “## {self.number + 1}. {EXAMPLES[promiser]}”, and number what stands under it from "
                "there.",
            )

    # --- a clause begins, a point is added --------------------------------------------------------------

    def _begin(self, at: int, item: Item) -> None:
        if self.clauses:
            self._check_list(at)
        if item.label != self._expected():
            raise CodeRefused(
                at, f"undertaking {self._expected()} was expected here, but this is {item.label}."
            )
        if not item.text:
            raise CodeRefused(at, f"undertaking {item.label} has no text.")
        text = plain_text(at, item.text)
        self.clauses.append(Clause("", item.label, text, self.owed_by, self.heading, line=at))
        self.first_point = None

    def _point(self, at: int, item: Item) -> None:
        self._check_mark(at, item)
        if not self.clauses:
            raise CodeRefused(
                at, f"this promise has no number. Write it like “- {self._expected()} {item.text}”."
            )
        whole = self.clauses[-1]
        if not (whole.text.endswith(":") or whole.parts or item.mark is Mark.LETTER):
            raise CodeRefused(
                at,
                f"this item has no number, and undertaking {whole.number} opens no list. Write it like "
                f"“- {self._expected()} {item.text}”, or end {whole.number} with a colon.",
            )
        self._check_list_goes_on(at, item, whole)
        letter = item.label or chr(ord("a") + len(whole.parts))
        if whole.parts and letter <= str(whole.parts[-1].letter):
            raise CodeRefused(at, f"sub-point ({letter}) stands after ({whole.parts[-1].letter}).")
        if len(whole.parts) == 26:
            raise CodeRefused(at, f"undertaking {whole.number} has more than 26 sub-points.")
        text = plain_text(at, item.text)
        part = Clause("", whole.number, text, whole.owed_by, whole.section, line=at, letter=letter)
        self.clauses[-1] = replace(whole, parts=(*whole.parts, part))
        self.first_point = self.first_point or item

    def _check_mark(self, at: int, item: Item) -> None:
        match item.mark:
            case Mark.LEVELS:
                raise CodeRefused(
                    at,
                    f"{item.label} has three levels, which are not read yet. Number it {self._expected()}, "
                    "or make it a sub-point like “  - (a) Publish what is on offer”.",
                )
            case Mark.ROMAN:
                raise CodeRefused(at, "Roman numbers are not read. Write the sub-points as (a), (b), (c).")
            case Mark.CAPITAL:
                raise CodeRefused(at, "Write the letter of a sub-point as a small letter, like (a).")
            case Mark.SINGLE if not self.clauses or not self.clauses[-1].text.endswith(":"):
                raise CodeRefused(
                    at,
                    f"the number of an undertaking has two parts. Write it like “- {self._expected()} "
                    f"{item.text}”.",
                )
            case Mark.SINGLE:
                raise CodeRefused(at, "sub-points have letters. Write them as (a), (b), (c).")

    def _check_list_goes_on(self, at: int, item: Item, whole: Clause) -> None:
        if whole.closing:
            raise CodeRefused(
                at,
                f"this sub-point stands after the closing words of undertaking {whole.number}. Put it before "
                "them.",
            )
        first = self.first_point
        if first is None:
            return
        if first.mark is not item.mark:
            raise CodeRefused(
                at, "some of these sub-points have printed letters and some have none. Write all of them."
            )
        # A blank line may have broken the list, and the item after it lost its indent; deeper is another.
        if item.indent > first.indent:
            raise CodeRefused(at, "this item is a list inside a list of sub-points, which has no letters.")
        if item.bullet != first.bullet:
            raise CodeRefused(
                at,
                f"this is another kind of bullet than in the list above. Write “{first.bullet or '(a)'}” if "
                f"it is a sub-point, or a number like {self._expected()} if it is an undertaking.",
            )

    # --- a line goes on with what stands above ----------------------------------------------------------

    def _go_on(self, at: int, line: str, after_blank: bool) -> None:
        whole, last = self.clauses[-1], self.last
        assert last is not None  # noqa: S101 (there is a clause, so there was an item)
        indent, words = len(line) - len(line.lstrip()), plain_text(at, line)
        if PAGE_FOOT.fullmatch(words) or words in self.titles:
            raise CodeRefused(at, f"“{words}” looks like the head or foot of a page. Take it out.")
        if whole.closing:
            if after_blank or not (indent or goes_on(whole.closing, words)):
                raise self._nowhere(at, whole)
            self.clauses[-1] = replace(whole, closing=joined(at, whole.closing, words, self.document))
        elif whole.parts:
            self._go_on_in_list(at, whole, last, indent, words, after_blank)
        elif whole.text.endswith(":"):
            raise CodeRefused(
                at,
                f"undertaking {whole.number} opens a list. Write this as a point of it, like “  - {words}”.",
            )
        elif after_blank or not (indent or goes_on(whole.text, words)):
            raise self._nowhere(at, whole)
        else:
            self.clauses[-1] = replace(whole, text=joined(at, whole.text, words, self.document))

    def _go_on_in_list(
        self, at: int, whole: Clause, last: Item, indent: int, words: str, after_blank: bool
    ) -> None:
        part = whole.parts[-1]
        lost_indent = self.first_point is not None and last.indent < self.first_point.indent
        of_part = not after_blank and not lost_indent and indent >= last.content
        can_only_go_on = not after_blank and not indent and goes_on(part.text, words) and _is_open(part.text)
        if of_part or can_only_go_on:
            longer = replace(part, text=joined(at, part.text, words, self.document))
            self.clauses[-1] = replace(whole, parts=(*whole.parts[:-1], longer))
        elif 0 < indent <= last.indent:
            self.clauses[-1] = replace(whole, closing=words)
        elif not words[0].isupper() or indent:
            raise CodeRefused(
                at,
                f"does this go on with sub-point ({part.letter}), or does it close the list of "
                f"{whole.number}? Indent the list by two spaces; then indent this by four spaces if it goes "
                "on with the sub-point, by two if it closes the list.",
            )
        else:
            raise self._nowhere(at, whole)

    def _nowhere(self, at: int, whole: Clause) -> CodeRefused:
        return CodeRefused(
            at,
            f"this line belongs to no numbered undertaking. If it goes on with {whole.number}, indent it by "
            "two spaces, with no empty line above; if it is a page’s foot or a note, take it out; if it "
            "explains the section, put it under the heading.",
        )


def _is_open(text: str) -> bool:
    """Whether a sub-point cannot end there: "a role in"."""
    return text.endswith((",", "-")) or goes_on(text, "X")
