"""Text without what is only for the eye: markdown, HTML, emoji, kaomoji, and stage directions.

Spans are bounded in length, so that every expression takes linear time.
"""

from __future__ import annotations

import html
import re

_FENCE = re.compile(r"```.*?(?:```|\Z)|^~~~.*?(?:^~~~|\Z)", re.DOTALL | re.MULTILINE)
_BLOCK_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|hr)\b[^<>\n]{0,100}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][\w-]{0,20}(?:\s[^<>]{0,300}|/)?>|<!--.{0,500}?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,300})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,100}\])"
)
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\](?!\()|\[\^[^\[\]\n]{1,50}\]")
_CODE = re.compile(r"`+")

_RULE_LINE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,200}$|^(?=[^\n]*--)[ \t|:+-]+$", re.MULTILINE)
_LINE_MARK = re.compile(
    r"^[ \t]*(?:>[ \t>]*)?(?:#{1,6}[ \t]+|[-*+•‣◦▪●–][ \t]+(?:\[[ xX]\][ \t]*)?|>[ \t]*)", re.MULTILINE
)
_ITEM_NUMBER = re.compile(r"^([ \t]*\d{1,3})[.)][ \t]+(?=\S)", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$", re.MULTILINE)

_STRONG = re.compile(r"\*\*(?=\S)([^*\n]{1,300})\*\*|(?<!\w)__(?=\S)([^_\n]{1,300})__(?!\w)|~~([^~\n]{1,300})~~")
_STARRED = re.compile(r"\*(?=\S)([^*\n]{1,300})\*|(?<!\w)_(?=\S)([^_\n]{1,300})_(?!\w)")
_SQUARE = re.compile(r"\[([^\[\]\n]{0,200})\]")
_ROUND = re.compile(r"\(([^()\n]{0,200})\)")
_PLURAL_MARK = re.compile(r"(?<=\w)\((?:s|es|ren|n)\)")

_SOUNDS = (
    "laugh|chuckle|giggle|smile|grin|sigh|nod|wink|shrug|gasp|blush|whisper|cough|sob|sniff|sniffle|yawn|hum|smirk"
    "|frown|pout|gulp|groan|moan|mutter|mumble|murmur|ponder|facepalm|exhale|inhale|beam|blink|purr|scoff|shiver"
    "|snort|cheer|clap|bow|wave|hug|pause|cackle|squeal|snicker|hesitate"
)
"""Things that are done, not said: any form of these in a span makes it a stage direction."""
_GESTURES = (
    "lean|tilt|look|glance|gaze|stare|roll|raise|take|think|clear|turn|sit|stand|reach|hold|play|stretch|breathe|shake"
    "|rub|scratch|tap|lift|lower|step|put|place|pat|squeeze|touch|dance|sing|speak|listen|settle|perk|close|open|wait"
)
"""Verbs of ordinary talk too: they make a stage direction as the first word, ending in -s or -ing."""
_FORMS = r"(?:e?s|e?d|ing|ning|ging|ping|ter|ingly|ling)?"
_SOUND = re.compile(
    rf"\b(?:{_SOUNDS}|laughter|chuckling|giggling|smiling|pausing|applause|silence){_FORMS}\b", re.IGNORECASE
)
_E_DROPPED = re.compile(
    r"\b(?:chuckl|giggl|smil|paus|wav|exhal|inhal|snuffl|cackl|mumbl|hesitat)ing(?:ly)?\b|\bshrugg(?:ed|ing)\b",
    re.IGNORECASE,
)
_GESTURE = re.compile(
    rf"(?:(?:she|he|they|softly|gently|quietly|slowly|warmly|playfully)\s)?(?:{_GESTURES}|tak|gaz|star|rais|clos|danc|plac)"
    r"(?:e?s|t?ing)\b",
    re.IGNORECASE,
)

_ARMS = r"[^\w\s.,!?()\[\]'\"]{0,6}"
_FACE = re.compile(rf"{_ARMS}\(([^()\n]{{1,20}})\){_ARMS}")
_FACE_MARKS = re.compile(r"[\^;◕‿ツωДд°□ಠ╯ᵔ´｀▽＾•̀ㅂ´益﹏⌐■╥♥๑≧≦ʘಥ☆]|[TQuUoO>=][_.][TQuUoO<=]")
_BETWEEN = r"(?=[\s.,!?]|$)"
_EMOTICON = re.compile(
    r"(?<!\S)(?:[:;][-^'o]?[)(\]\[dDpPoO3/\\|*]+|=[)(DP]+|<[/\\]?3+|[xX]D+|[>]?\^[_.\-]?\^[;']*|T[_.]T|o[_.]O|O[_.]o"
    rf"|>[_.]<|-_+-|[uU]_[uU]|¯\\_\(ツ\)_/¯|\\o/|[oO]/|:'-?[()]){_BETWEEN}"
)
_SHRUG = re.compile(r"¯\\?_?\(ツ\)_?/?¯")
_ORNAMENT = re.compile(r"[\u2500-\u25ff\u2600-\u27bf\u2b00-\u2bff\ue000-\uf8ff\ufe0f\u20e3\U0001f000-\U0001faff♪♫]")


def without_markup(text: str) -> str:
    """The words of `text` that are meant to be said.

    A span in *asterisks* or _underscores_ is a stage direction, and dropped, if
    - any of its words is a sound or gesture that is done, not said (*laughs softly*, *a warm smile*); or
    - its first word is another verb of action in -s or -ing (*takes a deep breath*, *looking away*); or
    - it has several words and stands alone: no word just before it and none in lower case after it
      (*the door creaks open* Who is there?), unless it is a title (*The Great Gatsby*).
    A base form inside a sentence is said ("you make me *smile*"). All else is emphasis, and said.
    Square brackets hold stage directions and notes and are dropped; what stands in parentheses is
    dropped if it is a stage direction by the first two rules and has at most six words.
    """
    text = _FENCE.sub(" ", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    text = _ENTITY.sub(lambda m: html.unescape(m.group()), text)
    text = _LINK.sub(r"\1", _FOOTNOTE.sub("", text))
    text = _without_faces(text)
    text = _CODE.sub("", text)
    text = _without_line_marks(text)
    text = _STRONG.sub(lambda m: next(filter(None, m.groups())), text)
    text = _STARRED.sub(_starred, text)
    text = _SQUARE.sub(" ", text)
    text = _ROUND.sub(_round, _PLURAL_MARK.sub("", text))
    return _without_emoji(text)


def _without_line_marks(text: str) -> str:
    text = _RULE_LINE.sub("", text)
    text = _TABLE_LINE.sub(lambda m: ", ".join(filter(None, map(str.strip, m[1].split("|")))) + ".", text)
    text = _HEADING_END.sub("", _LINE_MARK.sub("", text))
    return _ITEM_NUMBER.sub(r"\1, ", text)


def _starred(span: re.Match[str]) -> str:
    inner: str = span[1] or span[2]
    before, after = span.string[: span.start()].rstrip(), span.string[span.end() : span.end() + 20].lstrip()
    alone = not before[-1:].isalnum() and before[-1:] != "," and not after[:1].islower()
    return " " if _is_stage_direction(inner, alone) else inner


def _is_stage_direction(span: str, alone: bool) -> bool:
    words = span.split()
    if not words:
        return True
    if _GESTURE.match(span):
        return True
    if _SOUND.search(span) or _E_DROPPED.search(span):
        base_form = len(words) == 1 and re.fullmatch(_SOUNDS, span, re.IGNORECASE)
        return alone or not base_form
    return alone and len(words) > 1 and not _is_title(words)


def _is_title(words: list[str]) -> bool:
    return words[0][:1].isupper() and words[-1][:1].isupper()


def _round(span: re.Match[str]) -> str:
    inner: str = span[1]
    done = _GESTURE.match(inner) or _SOUND.match(inner) or _E_DROPPED.match(inner)
    led_in = re.match(r"(?:she|he|they|a|an|with a|\w{1,20}ly|soft|quiet|warm|small|gentle)\s", inner, re.IGNORECASE)
    if led_in and len(inner.split()) <= 4:
        done = done or _SOUND.search(inner) or _E_DROPPED.search(inner)
    return " " if done and len(inner.split()) <= 6 else span.group()


def _without_faces(text: str) -> str:
    return _EMOTICON.sub(" ", _FACE.sub(_face, _SHRUG.sub(" ", text)))


def _face(span: re.Match[str]) -> str:
    inner: str = span[1]
    is_face = _FACE_MARKS.search(inner) and not re.search(r"[a-zA-Z0-9]{2}", inner)
    return " " if is_face else span.group()


def _without_emoji(text: str) -> str:
    import emoji

    return _ORNAMENT.sub(" ", emoji.replace_emoji(text, " "))
