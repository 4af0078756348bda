"""Words to search for, in any language, and what of a text the search index is given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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


@contextmanager
def deleting_many(connection: Any) -> Iterator[None]:
    """Words that are deleted within are marked as such, and then the indexes are written anew.

    To take them out one by one takes long.
    """
    for index in _INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 0)")
    yield
    for index in _INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1)")


def forget_deleted_words(connection: Any) -> None:
    """After turns or facts were deleted: no index holds a word of theirs that stands nowhere else.

    FTS5's own secure deletion leaves one where it begins a page of the index; that index is written anew. To be called
    in a transaction.
    """
    for index, (column, delete) in _INDEXES.items():
        vocabulary = f"temp.vocabulary_of_{index}"
        connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary} USING fts5vocab(main, {index}, instance)")
        first = "CAST(substr(pages.term, 2) AS TEXT)"
        there = f"SELECT 1 FROM {vocabulary} WHERE term >= {first} AND term <= {first} || char(0x10ffff)"
        left = f"SELECT 1 FROM {index}_idx AS pages WHERE substr(term, 1, 1) = X'30' AND NOT EXISTS ({there}) LIMIT 1"
        if connection.execute(left).fetchone():
            # An index in one piece is written anew only when there is another piece to join with it.
            connection.execute(f"INSERT INTO {index} (rowid, {column}) VALUES (-1, 'a')")
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            connection.execute(delete)


_INDEXES = {
    "words": ("text", "DELETE FROM words WHERE rowid = -1"),
    "stems": ("text", "INSERT INTO stems (stems, rowid, text) VALUES ('delete', -1, 'a')"),
    "fact_stems": ("subject", "DELETE FROM fact_stems WHERE rowid = -1"),
}
"""Each with a column of it, and what deletes what was written there."""
