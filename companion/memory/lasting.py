"""Whether a statement is worth knowing next month, by its looks: states, people, plans and turning points, not moods.

Rules, as a small language model is no help here: Qwen2.5-1.5B, asked for a label for each line, gave the labels in the
order in which its examples had them.
"""

from __future__ import annotations

import re


def is_lasting(statement: str, has_day: bool) -> bool:
    """`statement` is to the user, as `to_you` makes it. `has_day`: it tells a day that is yet to come."""
    if _OF_THE_TALK.search(statement):
        return False
    if _TURNING_POINT.search(statement) or (has_day and not _FLEETING.search(statement)):
        return True
    if _FLEETING.search(statement) or _PAST.search(statement):
        return False
    if of_user := re.match(r"You\b ?", statement):
        return _STATE.match(statement[of_user.end() :]) is not None
    return not statement.startswith("The ") and _FAR_FROM_SURE.search(statement) is None


def _any(words: str) -> str:
    """A pattern for any of the words."""
    return rf"(?:{'|'.join(words.split())})"


_OF_THE_TALK = re.compile(
    rf"\byou {_any('said told asked mean think guess suppose wonder bet see hear agree understand hope')}\b"
    rf"|\b{_any('tell told show give let')} (?:you|us) (?:a|an|the|about|something|more)\b",
    re.IGNORECASE,
)
"""Sentences that are about the conversation itself."""
_FLEETING = re.compile(
    rf"^Your {_any('hands? feet head eyes? hair nose legs? knees? stomach throat')}\b"
    rf"|\b(?:{_any('today tonight yesterday again hurts? aches? fine okay ready back sorry')}|right now|just now"
    r"|last night|at the moment|a (?:bit|little)|so (?:tired|much)|this (?:morning|afternoon|evening|time)"
    r"|for (?:breakfast|lunch|dinner)"
    r"|all (?:day|morning|evening|night|week)|(?:is|are) (?:here|there))\b",
    re.IGNORECASE,
)
_DEAR = _any(
    "job work house flat apartment place car home boat dog cat lease contract wife husband mother father mum dad school"
    " smoking drinking"
)
_UNDERTAKINGS = _any(
    "shop bakery business company firm restaurant cafe bar practice studio school choir band club team gallery farm"
)
_TURNING_POINT = re.compile(
    rf"\b(?:{_any('moved married divorced separated born died retired promoted graduated adopted inherited')}"
    rf"|{_any('diagnosed enrolled cancelled promised? accident operation surgery')}"
    r"|passed away|gave up|stopped \w+ing|broke up|gave you (?:his|her|their|an?) |(?:was|were) (?:fired|laid off)"
    r"|broke (?:your|his|her) \w+|(?:was|were) an? [\w ]+ for [\w-]+ years|got (?:a|the) (?:place|offer|scholarship)"
    rf"|{_any('opened closed founded joined started')} (?:\w+ )?(?:\w+ )?{_UNDERTAKINGS}"
    rf"|{_any('quit signed bought sold lost')} (?:\w+ )?(?:{_DEAR}|(?-i:[A-Z])\w+)"
    rf"|got (?:{_any('engaged married pregnant fired hired')}|a new job|the job|the place)"
    rf"|{_any('started finished failed passed')} (?:\w+ )?"
    rf"{_any('school university exam test degree thesis training therapy job')})\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"^(?:You|Your [\w'’]+|The [\w'’]+|[A-Z]\w+(?: [A-Z]\w+)?)(?: \w+ly| just| only| also)? (?!need)(?:\w+ed"
    rf"|{_any('was were had did went said told came saw made took ate called got left slept sat felt found heard')}"
    rf"|{_any('thought read ran drank knew met put')})\b"
)
_OFTEN = rf"(?:{_any('also really still now only always never often usually mostly both absolutely secretly even')} )*"
_FOREVER = _any("married single divorced engaged vegetarian vegan left-handed pregnant retired diabetic deaf blind")
_DOING_NOW = _any(
    "going kidding joking thinking wondering looking trying talking being sitting doing staring listening having just"
    " getting feeling coming asking saying hoping freezing starving yawning waiting lying"
)
_NOT_OF_SKILL = _any(
    "wait believe tell sleep say know remember think help come mind see do go stop hear find decide care get have feel"
    " want"
)
_UNDERTAKING = _any("learn become visit move travel study write start build buy marry quit open be")
_NOTHING_NAMED = _any("it that this how what when him her")
_DEED = _any(
    "live work study teach build keep play sing own drive speak write grow collect run cook bake paint swim volunteer"
    " coach train design make sell repair practise practice climb ride dance knit breed share"
)
_STATE = re.compile(
    rf"{_OFTEN}(?:are {_OFTEN}(?:an? |one of|from |not supposed|\d+|{_FOREVER}\b"
    rf"|(?:very |really |terribly |a bit )?(?:allergic|afraid|scared) |(?!{_DOING_NOW}\b)\w+ing )"
    r"|have (?!been \w+ing (?!for\b|since\b))(?:been |got |lived |worked |always |never |wanted |had )?"
    rf"(?:{_any('an? no one two three four five your to in at on as for with')}|\d+"
    rf"|{_any('learn wanted loved hated lived been')}|{_FOREVER})\b"
    rf"|(?:can['’]t|cannot|can|don['’]t|never) (?!{_NOT_OF_SKILL}\b)\w+"
    rf"|want to {_UNDERTAKING}\b"
    rf"|{_any('love like hate prefer enjoy adore dislike')} (?!{_NOTHING_NAMED}\b)"
    rf"|{_DEED} |grew up |come from |used to )",
    re.IGNORECASE,
)
"""What goes on from "You"."""
_FAR_FROM_SURE = re.compile(
    rf"^\w+, |\b(?:{_any('probably maybe perhaps seems? guess sounds? worse better')}|looks? like|of course)\b"
)
