"""What a short line means in an interview: yes, skip, go back; and what asks for one."""

from __future__ import annotations

import re
from enum import Enum, auto


class Meaning(Enum):
    """What was said, if it is no answer of its own."""

    ANSWER = auto()
    YES = auto()
    NO = auto()
    SKIP = auto()
    BACK = auto()
    LEAVE = auto()
    """The interview is to end here."""
    REPEAT = auto()
    """They did not hear or understand the question."""
    UNKNOWING = auto()
    """ "I don't know", or nothing to speak of."""


class Wish(Enum):
    """What a line of a conversation says about an interview."""

    NONE = auto()
    PERHAPS = auto()
    """ "Let's start over" may mean it."""
    SURELY = auto()
    """ "Interview me" can mean nothing else."""


_FILLERS = (
    r"(?:um|uh|er|well|so|oh|okay|ok|hey|hi|hello|please|actually|you know what|i think|i guess|i suppose|then|now"
    r"|maybe|hm+|mm+|sorry|thanks|thank you|and)"
)
_YES = (
    r"(?:yes|yeah|yep|yup|ya|aye|sure|of course|okay|ok|all right|alright|fine|gladly|absolutely|definitely|certainly"
    r"|perfect|great|good|wonderful|lovely|i do|i am|please do|do it|do that|go ahead|go on|let's do it|let's do that"
    r"|let's go|let's|i'd like that|i'd love that|i would|i'd love to|i like (?:her|it|that)|i love (?:her|it|that)"
    r"|that's her|that's good|sounds (?:good|great|lovely|perfect)|that sounds (?:good|great|lovely|perfect)|be her"
    r"|(?:yes )?you (?:shall|should|may)|why not|very much|i love the name|i like the name|nice|hello \w+)"
)
_NO = (
    r"(?:no|nope|nah|no way|not really|not quite|no thanks|no thank you|i don't think so|i'd rather not|rather not"
    r"|not now|not today|don't|please don't|not her|not like that|never|not yet|absolutely not|later"
    r"|i don't like (?:her|it|that))"
)
_SKIP = (
    r"(?:(?:let's |can we |could we |i'd )?(?:skip|pass)(?: (?:it|this|that|on that|this one|that one|this question"
    r"|the question))?"
    r"|next(?: (?:one|question))?|(?:let's )?move on|ask (?:me )?(?:something|another) (?:else|question)"
    r"|another question)"
)
_BACK = (
    r"(?:(?:let's |can we |could we |i want to |wait )?(?:go|come|take me) back(?: (?:one|a question|to the (?:last"
    r"|previous) (?:one|question)))?"
    r"|back|one back|(?:the )?(?:last|previous) (?:one|question)(?: again)?|i want to change (?:my"
    r"|that) (?:last )?answer)"
)
_LEAVE = (
    r"(?:(?:let's |can we |i want to |could we )?(?:stop|end|cancel|quit|leave|abort|finish|drop)(?: (?:it|this|that"
    r"|here|the interview|this interview|asking|the questions))*"
    r"|enough(?: of (?:this|that|it))?|that's enough|forget (?:it|about it|the interview)|never mind|nevermind"
    r"|i (?:don't|do not) want (?:to|this)(?: (?:do this|any ?more|continue|go on))*|no more questions"
    r"|leave it(?: as it is)?"
    r"|stay (?:as|who|the way) you (?:are|were))"
)
_REPEAT = (
    r"(?:what|pardon|pardon me|sorry|excuse me|come again|say (?:that|it) again|say again|again|repeat(?: (?:it|that"
    r"|the question))?"
    r"|(?:can|could|would) you (?:say|repeat|ask) (?:that|it|the question)(?: again)?|what was (?:that|the question"
    r"|it)(?: again)?"
    r"|what did you (?:say|ask)|what do you mean(?: by that)?|i (?:don't|didn't) (?:understand|get it|get that"
    r"|hear you|hear that|catch that)(?: .{0,20})?"
    r"|which question|how do you mean)"
)
_UNKNOWING = (
    r"(?:(?:i )?(?:really |honestly |just )?(?:don't|do not|dunno|wouldn't) know(?: .{0,24})?|dunno|no idea"
    r"|i have no idea"
    r"|i've no idea|no clue|(?:i'm )?not (?:really |so |too )?sure|hard to say|that's hard(?: to say)?"
    r"|difficult(?: to say)?"
    r"|(?:that's a )?(?:good|hard|tough|difficult) question|(?:i )?can't (?:say|think of (?:any|one|anything|anyone"
    r"|anybody|someone))"
    r"|nobody|no one|no ?body (?:really|comes to mind)|none|it depends|depends|whatever|i (?:don't|do not) (?:care"
    r"|mind)"
    r"|let me think|i have to think|right|i see|hm+|mm+|uh huh|mhm|sure|okay|ok|yeah|yes|alright|all right)"
)
_PERHAPS = (
    r"(?:(?:let's|let us|can we|could we|shall we|i want to|i'd like to|i would like to|we should)(?: please)? )?"
    r"(?:start|begin) (?:all |everything |it all )?(?:over|anew|from scratch|from the beginning|from zero"
    r"|again from (?:the beginning|scratch|zero))"
    r"(?: again)?(?: (?:from scratch|from the beginning|with you|the two of us|you and i|you and me|shall we))?"
)
_SURELY = (
    r"(?:(?:let's|let us|can we|could we|can you|could you|will you|i want you to|i'd like you to|i want to"
    r"|i'd like to|please) )?"
    r"(?:(?:do|start|begin|have|redo|repeat|hold|give me|take|restart) (?:the|an|our|another|a new|that"
    r"|your) interview(?: (?:again|anew|over|with me|please))*"
    r"|interview me(?: again)?"
    r"|start over with (?:the|an) interview"
    r"|find out who you (?:should|could|can|shall) be(?: for me)?"
    r"|ask me who you (?:should|could|shall) be(?: for me)?"
    r"|(?:become|be|turn into) (?:somebody|someone) (?:else|new)(?: for me)?)"
)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_FILLERS} )*{pattern}(?: {_FILLERS})*")


_MEANINGS = {
    meaning: _whole(pattern)
    for meaning, pattern in {
        Meaning.SKIP: _SKIP,
        Meaning.BACK: _BACK,
        Meaning.LEAVE: _LEAVE,
        Meaning.REPEAT: _REPEAT,
        Meaning.UNKNOWING: _UNKNOWING,
    }.items()
}
_CONSENT = re.compile(rf"(?:{_FILLERS} )*(?:{_YES}(?: (?:{_YES}|{_FILLERS}))*|{_FILLERS})")
_REFUSAL = re.compile(rf"(?:{_FILLERS} )*{_NO}(?: (?:{_NO}|{_FILLERS}))*")
_WISHES = {Wish.PERHAPS: _whole(_PERHAPS), Wish.SURELY: _whole(_SURELY)}


def bare(text: str) -> str:
    """The words of `text` in lower case, nothing between them but spaces."""
    return " ".join(re.sub(r"[^\w' ]", " ", text.casefold().replace("’", "'")).split())


def meaning_of(text: str) -> Meaning:
    """What an answer to an open question means."""
    words = bare(text)
    if not words or re.fullmatch(rf"{_FILLERS}(?: {_FILLERS})*", words):
        return Meaning.UNKNOWING
    return next((meaning for meaning, pattern in _MEANINGS.items() if pattern.fullmatch(words)), Meaning.ANSWER)


def agreement_of(text: str) -> Meaning:
    """What an answer to a question for yes or no means."""
    words = bare(text)
    if _REFUSAL.fullmatch(words):
        return Meaning.NO
    if words and _CONSENT.fullmatch(words):
        return Meaning.YES
    return meaning_of(text)


def wish_in(text: str) -> Wish:
    """Whether a line of a conversation, her name taken off, asks for an interview."""
    words = bare(text)
    return next((wish for wish, pattern in _WISHES.items() if pattern.fullmatch(words)), Wish.NONE)
