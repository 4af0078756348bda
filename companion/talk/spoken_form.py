"""Written text as a person would say it: what reaches the voice."""

from __future__ import annotations

import re
import unicodedata

from companion.talk.spoken_markup import without_markup
from companion.talk.spoken_measures import measures
from companion.talk.spoken_numbers import dates_and_times, localised_numbers, plain_numbers
from companion.talk.spoken_sounds import sounds
from companion.talk.spoken_symbols import abbreviations, addresses, negatives, signs

_LOOKALIKES = re.compile(r"[\u2460-\u24ff\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
"""Circled, full-width, mathematical and joined letters, which are read like the plain ones."""
_VULGAR_FRACTION = re.compile(r"([¼½¾⅐-⅞])")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_DASH_OF_RANGE = re.compile(r"(?<=\d) ?[–—‒] ?(?=\d)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\ud800-\udfff]"
)
_TYPOGRAPHY = str.maketrans("“”„‟«»‘’‚‛ʼ´−‐‑\u00a0\u202f\u2009", "\"\"\"\"\"\"''''''---   ")

_TIDY = [
    (re.compile(r"\s*(?:[—―]+|(?<=\s)(?:-{1,3}|–+)(?=\s|$)|--+|–)\s*"), ", "),
    (re.compile(r"(?:\.\s?){2,}|…+"), "… "),
    (re.compile(r"…\s*(?=[!?])"), ""),
    (re.compile(r"…\s*(?=[\"')\]]*\s*$)"), "."),
    (re.compile(r"[\"')\]]?…\s*"), ", "),
    (re.compile(r"(?<=\w)\(([^()\s]{0,20})\)"), r" \1 "),
    (re.compile(r"\s*[(\[{]\s*|\s*[)\]}]+\s*"), ", "),
    (re.compile(r"[*_~^|\\<>{}\[\]`=#•·¶†‡©®™]+"), " "),
    (re.compile(r"(?<!\w)/+|/+(?!\w)"), " "),
    (re.compile(r"(?<=[^\W\d])/(?=[^\W\d])"), " "),
    (re.compile(r"(?<=[^\W\d]):(?=[^\W\d])"), ": "),
    (re.compile(r"[^\S\n]+"), " "),
    (re.compile(r"\n+"), ", "),
    (re.compile(r"\s+(?=[,.;:!?])"), ""),
    (re.compile(r"(?<![,;:])[,;:]+(?=[.!?])"), ""),
    (re.compile(r"(?<=[.!?])[\s,;:]*,"), ""),
    (re.compile(r"([,;:])[\s,;:]*[,;:]"), r"\1"),
    (re.compile(r"(?<![!?.])[!?.]*\?[!?.]*"), "?"),
    (re.compile(r"(?<![!.])[!.]*![!.]*"), "!"),
    (re.compile(r"\.{2,}"), "."),
    (re.compile(r",(?=[^\W\d])"), ", "),
    (re.compile(r"(?<!\S)[\"']+(?!\S)"), ""),
    (re.compile(r"\s+"), " "),
]
_LEADING = re.compile(r"^[\s,.;:!?\-]+")


def speakable(clause: str, language: str = "en") -> str:
    """What to say for `clause`; empty if there is nothing to say. Takes any string.

    White space is collapsed to single spaces. `language` is a code such as "en" or "de-AT": dates,
    times, units, abbreviations and signs are put in words for English, German, French and Spanish; for other
    languages numbers alone are, where num2words has the language, and the rest is left to the voice.
    """
    code = language.replace("_", "-").split("-")[0].lower()
    text = without_markup(_unlike_a_list(_plain_characters(clause), code))
    text = _in_english(text) if code == "en" else _in_another(addresses(text, english=False), code)
    text = _single_spaced(text)
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    text = _LEADING.sub("", text).strip()
    return text if is_speakable(text) else ""


def is_speakable(text: str) -> bool:
    """Whether there is anything to say in `text`: a letter or a digit."""
    return any(map(str.isalnum, text))


def _in_english(text: str) -> str:
    text = addresses(text)
    text = dates_and_times(text)
    text = abbreviations(text)
    text = measures(negatives(text))
    text = sounds(signs(text))
    return plain_numbers(text)


def _unlike_a_list(text: str, code: str) -> str:
    if code != "de":
        return text
    from companion.talk.spoken_german import unlike_a_list

    return unlike_a_list(text)


def _in_another(text: str, code: str) -> str:
    """What is not English; each language's rules are loaded when it is first spoken."""
    match code:
        case "de":
            from companion.talk.spoken_german import in_german

            return in_german(text)
        case "fr":
            from companion.talk.spoken_french import in_french

            return in_french(text)
        case "es":
            from companion.talk.spoken_spanish import in_spanish

            return in_spanish(text)
        case _:
            return localised_numbers(text, code)


def _plain_characters(text: str) -> str:
    """Typographic variants as the plain characters that the rules know."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\t", " ")).translate(_TYPOGRAPHY)
    text = _LOOKALIKES.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    text = _VULGAR_FRACTION.sub(lambda m: " " + unicodedata.normalize("NFKC", m[1]).replace("\u2044", "/"), text)
    text = _OTHER_DIGIT.sub(lambda m: str(unicodedata.decimal(m.group())), text)
    return _single_spaced(_DASH_OF_RANGE.sub("-", text))


def _single_spaced(text: str) -> str:
    """Runs of blanks as one space, runs of line ends as one: what keeps the expressions linear."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
