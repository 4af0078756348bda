"""What a full stop may follow without ending a sentence: abbreviations, initials and ordinals, by language. Pure."""

from __future__ import annotations

import re

_ENGLISH = """mr mrs ms mx dr prof st mt jr sr hon capt lt sgt gov vs etc cf approx dept inc ltd corp ave blvd rd
    jan feb apr aug sept oct nov tel vol nos pp"""
_ABBREVIATIONS = {
    "en": _ENGLISH,
    "de": """a abs bzw ca d dr e etc evtl exkl f fr geb gest ggf h hr hrsg i inkl jh jhdt m mio mrd nr o
        prof r s sog st std str tel u usw v vgl z zzgl ä jan feb mär apr jun jul aug sep sept okt nov dez""",
    "fr": """av bd cf dr env etc ex m me mlle mlles mm mme mmes p pr st ste tél vol
        janv févr avr juil sept oct nov déc""",
    "es": """aprox atte av avda cap d dr dra dña ee ej etc gral núm p pág págs sr sra sres srta srtas tel ud uds uu vol
        ene feb abr ago sept oct nov dic""",
}
_DOTTED_OR_INITIAL = r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2} | [A-HJ-Z]"  # e.g. a.m. U.S. Ph.D.; "I" ends sentences
_ABBREVIATED = {
    language: re.compile(rf"(?i:{'|'.join(words.split())}) | {_DOTTED_OR_INITIAL}", re.VERBOSE)
    for language, words in _ABBREVIATIONS.items()
}

_WRITE_ORDINALS_SO = frozenset(("de", "da", "no", "fi", "cs", "sk", "pl", "hu", "tr"))
_ORDINAL = re.compile(r"\d{1,3}")
_TELLS_OF_ORDINAL = re.compile(
    r"(?i:am|vom|zum|zur|beim|im|de[nmrs]|die|das|dies(?:e[nmrs]?)|jede[nmrs]?|(?:ein|mein|dein|sein|ihr|unser)e[nm])"
)
"""In German: a number with a full stop behind one of these is an ordinal, whatever follows."""
_MONTH = re.compile(
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez"
)
_NEXT = re.compile(r"\s+(?:(?P<word>[^\W\d_]+)(?P<whole>[\W\d_])?|(?P<other>\S))")


def ends_sentence(before: str, after: str, language: str = "en") -> bool:
    """Whether a full stop between `before` and `after`, which begins with white space, ends a sentence.

    While `after` does not tell yet, it does not; a line that ends there does.
    """
    token = _last_word(before)
    if _ABBREVIATED.get(language, _ABBREVIATED["en"]).fullmatch(token):
        return False
    return not (language in _WRITE_ORDINALS_SO and _ORDINAL.fullmatch(token) and _is_ordinal(before, after, language))


def _last_word(text: str) -> str:
    return text[-40:].rpartition(" ")[2].lstrip("([{\"'“‘„*_")


def _is_ordinal(before: str, after: str, language: str) -> bool:
    """ "Am 3. Mai", "der 2. große", "vom 1. bis 3. Mai"; not "Es sind 3. Dann ..."."""
    if "\n" in after[: len(after) - len(after.lstrip())]:
        return False
    following = _NEXT.match(after)
    if following is None:
        return True  # not known yet
    if following["other"]:
        return language == "de" and following["other"].isdigit()  # the 3. 5.
    if following["word"][0].islower() or not following["whole"]:
        return True
    earlier = before[-40:].split()[:-1]
    return language == "de" and (
        bool(_MONTH.fullmatch(following["word"]) or (earlier and _TELLS_OF_ORDINAL.fullmatch(earlier[-1])))
    )
