"""Addresses, abbreviations and signs as English words."""

from __future__ import annotations

import re

_URL = re.compile(r"(?:\b(?:https?|ftp)://|\bwww\.)([^\s<>\"'()\[\]{}|]{1,2000})", re.IGNORECASE)
_EMAIL = re.compile(r"(?:\bmailto:)?(?<![\w.+@-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24})\b")
_DOMAINS = "com|org|net|edu|gov|io|ai|dev|app|info|me|tv|co|uk|de|fr|es|it|nl|eu|ca|au|jp|ch|at|us"
_DOMAIN = re.compile(
    rf"(?<![\w.@-])((?:[a-zA-Z][\w-]{{1,40}}\.){{1,3}}(?:{_DOMAINS}))(?:/[^\s]{{0,300}})?(?![\w-]|\.\w)"
)
_FILE_NAME = re.compile(
    r"(?<![\w.])([\w-]{1,60})\.(py|js|ts|txt|pdf|md|json|csv|toml|html|css|zip|exe|wav|mp3|mp4|jpg|png|docx?|xlsx?)\b",
    re.IGNORECASE,
)
_SAYABLE_HOST = re.compile(r"(?:[a-z][a-z-]{0,20}\.){1,2}[a-z]{2,6}", re.IGNORECASE)
_ENDS_SENTENCE = r"(?P<end>(?=\s*$)|(?=\s+[A-Z\"]))"

_BEFORE_A_NAME = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "St": "Saint",
    "Mt": "Mount",
    "Lt": "Lieutenant",
    "Capt": "Captain",
    "Sgt": "Sergeant",
    "Gen": "General",
    "Gov": "Governor",
    "Sen": "Senator",
    "Rev": "Reverend",
}
_AFTER_A_NAME = {
    "St": "Street",
    "Dr": "Drive",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Jr": "Junior",
    "Sr": "Senior",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
    "Dept": "Department",
}
_ANYWHERE = {
    "e.g.": "for example",
    "eg.": "for example",
    "i.e.": "that is",
    "ie.": "that is",
    "etc.": "et cetera",
    "vs.": "versus",
    "approx.": "approximately",
    "a.k.a.": "also known as",
    "a.m.": "AM",
    "p.m.": "PM",
    "cf.": "compare",
    "w/o": "without",
    "w/": "with ",
    "b/c": "because",
    "and/or": "and or",
    "c/o": "care of",
    "n/a": "not applicable",
}
_TITLE = re.compile(rf"\b({'|'.join(_BEFORE_A_NAME)})\.?(?= [A-Z])")
_SUFFIX = re.compile(rf"(?<=[\w,] )({'|'.join(_AFTER_A_NAME)})\.")
_STREET_ENDS = re.compile(r"(?<=[a-z] )(St|Dr)\.(?=\s*(?:$|[,;:!?]))")
_SHORT = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, _ANYWHERE))})(?!\w*/)", re.IGNORECASE)
_VERSUS = re.compile(r"(?<= )vs(?= )")
_NUMERO = re.compile(r"\b(?:No|Nr)\.? ?(?=\d)|#(?=\d)")
_DOTTED = re.compile(r"(?<![\w.])((?:[A-Za-z]\.){2,6})(?!\w)")
_PHD = re.compile(r"\bPh\.?D\.?(?!\w)")
_INITIAL = re.compile(r"(?<![\w.])([A-HJ-Z])\. ?(?=[A-Z][\w.])")

_NEGATIVE = re.compile(r"(?<![\w)\]-])-(?=[$€£¥]?\.?\d)")

_SIGNS = [
    (re.compile(r"\bC\+\+"), "C plus plus"),
    (re.compile(r"\b([CF])#(?!\w)"), r"\1 sharp"),
    (re.compile(r"#(?=\w)"), "hashtag "),
    (re.compile(r"(?<=\w)&(?=\w)|&"), " and "),
    (re.compile(r"(?<!\w)@(?=\w)"), "at "),
    (re.compile(r"@"), " at "),
    (re.compile(r"²"), " squared"),
    (re.compile(r"³"), " cubed"),
    (re.compile(r"(?<!\w)~ ?(?=[$€£]?\d)"), "about "),
    (re.compile(r"±"), " plus or minus "),
    (re.compile(r"(?<=[\d)]) ?[×*] ?(?=[\d(])|(?<=\d)x(?=\d)|(?<=\d) x (?=\d)|×"), " times "),
    (re.compile(r"÷"), " divided by "),
    (re.compile(r"(?<=\d) / (?=\d)"), " divided by "),
    (re.compile(r"(?<=\d) - (?=\d)"), " minus "),
    (re.compile(r"(?<=\d)\+(?!\w)"), " plus"),
    (re.compile(r"\+"), " plus "),
    (re.compile(r"<=|≤"), " is at most "),
    (re.compile(r">=|≥"), " is at least "),
    (re.compile(r"!=|≠"), " is not equal to "),
    (re.compile(r"≈"), " is about "),
    (re.compile(r"(?<![-=])[-=]+>|→|⇒"), ", "),
    (re.compile(r"(?<=[\w)]) ?={1,3} ?(?=[\w(-])"), " equals "),
    (re.compile(r"(?<=\w) < (?=\w)"), " is less than "),
    (re.compile(r"(?<=\w) > (?=\w)"), " is greater than "),
    (re.compile(r"√"), " the square root of "),
    (re.compile(r"π"), " pi "),
    (re.compile(r"∞"), " infinity "),
    (re.compile(r"§"), " section "),
    (re.compile(r"°"), " degrees "),
    (re.compile(r"%"), " percent "),
    (re.compile(r"(?<=[a-z]{2})/(?=[a-z]{2})"), " or "),
    (re.compile(r"(?<=[^\W\d])/(?=[^\W\d])"), " "),
    (re.compile(r"\bv(?=\d+(?:\.\d+))"), "version "),
]


def addresses(text: str, english: bool = True) -> str:
    """Web and mail addresses as one would say them: "example dot com", "a link" where that is no use."""
    if not english:
        return _URL.sub(lambda m: _host(m[1]) + _closing(m[1]), text)
    text = _EMAIL.sub(lambda m: f"{_spelled(m[1])} at {_spelled(m[2])}", text)
    text = _URL.sub(lambda m: _spoken_host(_host(m[1])) + _closing(m[1]), text)
    text = _DOMAIN.sub(lambda m: _spoken_host(m[1]) + (_closing(m.group()) if "/" in m.group() else ""), text)
    return _FILE_NAME.sub(r"\1 dot \2", text)


def abbreviations(text: str) -> str:
    """ "e.g.", "Dr. Smith", "Main St.", "U.S." and their like in full, or without their full stops."""
    text = _STREET_ENDS.sub(lambda m: _AFTER_A_NAME[m[1]] + _full_stop(m), text)
    text = _TITLE.sub(lambda m: _BEFORE_A_NAME[m[1]], text)
    text = _SUFFIX.sub(lambda m: _AFTER_A_NAME[m[1]] + _full_stop(m), text)
    text = _SHORT.sub(_in_full, text)
    text = _PHD.sub("PhD", _VERSUS.sub("versus", text))
    text = _NUMERO.sub("number ", text)
    text = _DOTTED.sub(lambda m: m[1].replace(".", "").upper() + _full_stop(m), text)
    return _INITIAL.sub(r"\1 ", text)


def negatives(text: str) -> str:
    """The minus before a number in words."""
    return _NEGATIVE.sub("minus ", text)


def signs(text: str) -> str:
    """Mathematical and other signs in words."""
    for pattern, words in _SIGNS:
        text = pattern.sub(words, text)
    return text


def _in_full(found: re.Match[str]) -> str:
    words = _ANYWHERE.get(found[1].lower())  # the expression also takes letters whose lower case is another: "İ"
    return words + _full_stop(found) if words else found.group()


def _full_stop(found: re.Match[str]) -> str:
    """A full stop where the abbreviation's own one ended the sentence too."""
    ends = found.group().endswith(".") and not found.string[found.end() : found.end() + 40].strip()
    return "." if ends else ""


def _host(rest: str) -> str:
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0].rpartition("@")[2]
    return host.removeprefix("www.").rstrip(".,;!?")


def _closing(rest: str) -> str:
    """The punctuation after an address, which is no part of it."""
    return rest[len(rest.rstrip(".,;:!?")) :][:1]


def _spoken_host(host: str) -> str:
    return _spelled(host) if _SAYABLE_HOST.fullmatch(host) else "a link"


def _spelled(name: str) -> str:
    for mark, word in ((".", "dot"), ("_", "underscore"), ("-", "dash"), ("+", "plus")):
        name = name.replace(mark, f" {word} ")
    return name
