"""Words to search for, in any language, and what of a text the search index is given."""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af])"
)
"""Scripts that put no space between words (Thai, Lao, Burmese, Khmer, Japanese, Chinese): each sign is a word here."""


def searchable(text: str) -> str:
    """`text` as the index holds it: without case, one form for each sign, signs of unspaced scripts apart."""
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFKC", text).casefold())


def query(words: str) -> str:
    """What FTS5 is asked for entries with all of `words`, the last perhaps unfinished; empty if there is no word.

    Each word is quoted, so that nothing a person types is an operator of the query language.
    """
    folded = unicodedata.normalize("NFKC", words).casefold().replace('"', " ")
    phrases = [f'"{searchable(word)}"' for word in folded.split() if any(map(str.isalnum, word))]
    return f"{' '.join(phrases)} *" if phrases else ""
