"""A written list as somebody says it: "- Eggs", "- Milk", "- Flour" become "Eggs, milk and flour." """

from __future__ import annotations

import re

MOST_ITEMS = 3
"""Nobody lists more aloud, and nobody remembers more."""
SHORT_WORDS = 5
"""An item of so many words at the most is a part of a sentence; a longer one is a sentence."""

_MARK = re.compile(r"(?:[-*+•‣◦▪●–]\s+(?:\[[ xX]\]\s*)?|\(?\d{1,2}[.):]\s+|\(?[a-z]\)\s+)(?=\S)")
_NEXT_NUMBER = re.compile(r"(?:^|(?<=[\s:]))(\d{1,2})[.)]$")
_TITLED = re.compile(
    r"\*\*(?P<bold>[^*\n]{1,60}?):?\*\*\s*(?:[:–—-].*)?|(?P<plain>[^:*.!?,]{1,40}):(?:\s.*)?", re.DOTALL
)
_HEADING = re.compile(
    r"#{1,6}\s.*|\*\*[^*\n]{1,60}\*\*:?|__[^_\n]{1,60}__:?"
    r"|(?:ingredients|instructions|directions|steps?|method|materials|(?:dis)?advantages|pros|cons|tips|notes?|summary"
    r"|conclusion|overview|answer|for example|example)(?: \d+)?:"
    r"|\|.*|[-=_*\s|]{3,}",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"[*_`]+")
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*$")


class SpokenList:
    """Collects the items of a list until they can be said; lets all else through."""

    def __init__(self) -> None:
        self._short: list[str] = []
        """Items that will be said as one sentence."""
        self._open = ""
        """The last item, which may go on."""
        self._number_seen = False
        """The number of an item stood behind the one before it."""
        self._seen = 0

    @property
    def full(self) -> bool:
        """True once there are more items than anybody lists aloud."""
        return self._seen > MOST_ITEMS

    def take(self, clause: str) -> tuple[list[str], str]:
        """What is certain of the list now, and `clause` if it is no item."""
        mark = _MARK.match(clause)
        is_item = bool(mark) or self._number_seen
        text = self._without_next_number(clause[mark.end() :] if mark else clause, is_item)
        if is_item:
            return self._begin_item(text), ""
        if self._open and text[:1].islower() and not _END.search(self._open):
            self._open += f" {text}"
            return [], ""
        return self.finish(), text

    def finish(self) -> list[str]:
        """What was held back."""
        settled = self._settle()
        self._seen = 0 if not self.full else self._seen
        return [*settled, *self._one_sentence()]

    def _without_next_number(self, text: str, is_item: bool) -> str:
        found = _NEXT_NUMBER.search(text)
        before = text[: found.start()].rstrip() if found else text
        expected = self._seen + 2 if is_item else 1
        begins = is_item or not before or before.endswith(":")
        self._number_seen = found is not None and int(found[1]) == expected and begins
        return before if self._number_seen else text

    def _begin_item(self, text: str) -> list[str]:
        self._seen += 1
        if self.full:
            return self.finish()
        settled = self._settle()
        self._open = text
        return settled

    def _settle(self) -> list[str]:
        """The last item is whole: a long one is said by itself."""
        text, self._open = self._open, ""
        titled = _TITLED.fullmatch(text)
        item = _MARKUP.sub("", (titled["bold"] or titled["plain"]) if titled else text).strip().rstrip(",;:")
        if not item:
            return []
        if len(item.split()) <= SHORT_WORDS:
            self._short.append(item.rstrip("."))
            return []
        return [*self._one_sentence(), item if _END.search(item) else f"{item}."]

    def _one_sentence(self) -> list[str]:
        first, *others = [item for item in self._short if item] or [""]
        self._short = []
        if not others:
            return [_ended(first)] if first else []
        *between, last = map(_lower, others)
        return [_ended(f"{', '.join([first, *between])} and {last}")]


def is_heading(clause: str) -> bool:
    """Whether `clause` is for the eye only: a heading, a rule, a row of a table."""
    return bool(_HEADING.fullmatch(clause))


def _ended(sentence: str) -> str:
    return sentence if _END.search(sentence) else f"{sentence}."


def _lower(item: str) -> str:
    """`item` inside a sentence: a capital goes where a small letter follows it in the same word."""
    return item[:1].lower() + item[1:] if item[1:2].islower() else item
