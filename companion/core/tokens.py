"""How many tokens a text takes, without a tokenizer at hand."""

from __future__ import annotations

BYTES_PER_TOKEN = 3.0
"""Of UTF-8. Fewer than any of our languages and tokenizers average in conversation (English: about 4.2), so that
the estimate errs towards a prompt that fits; a Chinese character, three bytes, is about a token."""


def estimated_tokens(text: str) -> int:
    """An upper estimate."""
    return int(len(text.encode("utf-8", "replace")) / BYTES_PER_TOKEN)


def cut_to_tokens(text: str, tokens: int) -> str:
    """As much of the beginning of `text` as fits, up to the end of a paragraph or sentence if there is one."""
    if estimated_tokens(text) <= tokens:
        return text
    short = text.encode("utf-8", "replace")[: max(0, int(tokens * BYTES_PER_TOKEN))].decode("utf-8", "ignore")
    ends = [short.rfind(end) + len(end) for end in ("\n\n", ". ", "! ", "? ", ".\n") if end in short]
    return (short[: max(ends)] if ends and max(ends) > len(short) // 2 else short.rsplit(" ", 1)[0]).rstrip()


def cut_head_to_tokens(text: str, tokens: int) -> str:
    """As much of the end of `text` as fits, from a word on."""
    if estimated_tokens(text) <= tokens:
        return text
    end = text.encode("utf-8", "replace")[-max(1, int(tokens * BYTES_PER_TOKEN)) :].decode("utf-8", "ignore")
    return "… " + end.split(" ", 1)[-1]
