"""How people ask for time, timers, reminders and notes, in English: patterns that a whole turn must match, its
politeness removed. Text is in its own spelling; marks at its ends are gone.
"""

from __future__ import annotations

import re

from companion.talk.agenda.numerals import NUMBER

Patterns = tuple[re.Pattern[str], ...]


def _patterns(*patterns: str) -> Patterns:
    return tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns)


def matched(patterns: Patterns, text: str) -> re.Match[str] | None:
    """The match of the first pattern that all of `text` matches."""
    return next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)


_MY = r"(?:my |the |all (?:of )?(?:my |the )|any |your |our |these |those )?"
_GIVE = (
    r"(?:read|tell|show|give|list|say|go through|run through|go over|play)(?: (?:me|out|back|to me|us|aloud|out"
    r" loud))*"
)
_DROP = r"(?:cancel|delete|remove|drop|clear|erase|scrap|scratch|get rid of|forget(?: about)?|dismiss)"

# --- time and date

TIME = _patterns(
    r"what(?:'s| is)? (?:the )?(?:current |exact )?time(?: is it| it is)?(?: (?:now|right now|at the moment))?",
    r"what time(?: is it| it is|'s it| do you have| have you got)(?: (?:now|right now|at the moment))?",
    r"(?:do you )?(?:know |have )?(?:what time it is|the time)(?: (?:now|right now))?",
    r"do you (?:know|have) what time it is(?: now)?|(?:have you )?got the time|the time",
    r"how late is it|is it late(?: already)?",
)
DATE = _patterns(
    r"what(?:'s| is) (?:the )?(?:date|day)(?: today| is it| it is)?(?: today)?",
    r"what(?:'s| is) today(?:'s (?:date|day))?|what(?:'s| is) the date of today",
    r"what (?:date|day|weekday|day of the week|day of the month)(?: is it| is today| it is| do we have| have we got)"
    r"(?: today| now)?",
    r"(?:do you know )?(?:what day it is|what the date is|today's date)(?: today)?",
    r"which day (?:is it|is today|do we have)(?: today)?|what month is it|what year is it|what(?:'s| is) the year",
)
TOMORROWS_DATE = _patterns(
    r"what (?:date|day|weekday)(?: of the week)?(?:'s| is)(?: it)? tomorrow|what(?:'s| is) tomorrow's date"
)

# --- timers

_LENGTH = (
    rf"(?:(?:{NUMBER.replace(' ', '[ -]')}|an?|half an?|half)(?: and a half| and a quarter)?[ -]"
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)|(?:a )?quarter of an hour|three quarters of an hour)"
    r"(?: and a (?:half|quarter))?"
)
LENGTH = rf"{_LENGTH}(?:,? (?:and )?{_LENGTH})*"
_START = (
    r"(?:(?:set|start|make|create|give|put|run|begin|get|have)(?: me| us)?(?: up| on)?(?: going)?"
    r"|i (?:need|want|would like)|i'd like|(?:need|want))"
)
_LABEL = r"(?:[\w'-]+ ){1,2}?"
SET_TIMER = _patterns(
    rf"(?:{_START} )?(?:a |an |another |the |my )?(?:new )?"
    rf"(?P<length>{LENGTH})(?: (?P<label>(?!timer)[\w'-]+(?: [\w'-]+)?))? (?:timer|countdown)(?: (?:for|on)"
    rf" (?:the |my )?"
    r"(?P<label_2>[\w' -]+))?",
    rf"{_START} (?:a |an |another |the |my )?(?:new )?"
    rf"(?P<label>(?!timer)[\w'-]+(?: [\w'-]+)? )?(?:timer|countdown)(?:,? (?:for|of|to|on|at|with))?"
    rf" (?P<length>{LENGTH})"
    r"(?:,? (?:for|called|named|on) (?:the |my )?(?P<label_2>[\w' -]+))?",
    rf"{_START} (?:a |an |another |the |my )?(?:timer|countdown),? (?:for|called|named) (?:the |my )?"
    rf"(?P<label_2>[\w'-]+(?: [\w'-]+)?),? (?:for|of|to|on) (?P<length>{LENGTH})(?P<label>)",
    rf"(?P<label>[\w'-]+ )?timer(?:,)?(?: for| on| of)? (?P<length>{LENGTH})(?P<label_2>)",
    rf"(?:count down|countdown)(?: from)? (?P<length>{LENGTH})(?P<label>)(?P<label_2>)",
    rf"time (?:me )?(?:for )?(?P<length>{LENGTH})(?P<label>)(?P<label_2>)",
)
TIMER_WITHOUT_LENGTH = _patterns(
    rf"{_START} (?:a|an|another|the) (?:new )?(?:timer|countdown)",
)
TIME_LEFT = _patterns(
    rf"how (?:long|much(?: time| longer)?|many (?:minutes|seconds)|far)(?: time)?(?: (?:is|are|have i got|do i"
    rf" have|does it"
    rf" have|has it got|there is))?(?: there)?(?: still)?(?: left| remaining| to go)?(?: (?:on|of|in|for|until"
    rf"|till|does|is|has)"
    rf" {_MY}(?P<label>{_LABEL})?(?P<named>timers?|countdown)(?: (?:left|have left|has left|got left|goes off|rings"
    r"|is done|is up|have|run|running))?)",
    rf"(?:check|what(?:'s| is| are)(?: left (?:on|of))?|how(?:'s| is| are)) {_MY}(?P<label>{_LABEL})?"
    r"(?P<named>timers?|countdown)(?: status| doing| at| running| set)?",
    r"(?:what|which|are there(?: any)?|do i have(?: any)?|is there an?)(?P<label>) (?P<named>timers?)"
    r"(?: (?:are |is )?(?:running|set|going|active|do i have|are there|on))*",
    r"is (?:the|my) (?P<label>)(?P<named>timer) (?:still )?(?:running|going|on|done|finished|up)(?: yet)?",
    r"how (?:long|much time|much longer|many minutes)(?: is| are| do i have| have i got)?(?: still)? (?:left|to"
    r" go|remaining)"
    r"(?P<label>)(?P<named>)",
    r"how much (?:longer|time is (?:left|there))(?P<label>)(?P<named>)|how long (?:to go|still)(?P<label_2>)",
)
CANCEL_TIMER = _patterns(
    rf"(?:cancel|stop|delete|end|kill|turn off|switch off|clear|remove|abort|forget|drop) (?P<all>all (?:of"
    rf" )?(?:my |the )?"
    rf"|both (?:my |the )?)?(?:the |my |that |this )?(?P<which>{LENGTH} |{_LABEL})?(?:timers?|countdown)"
    rf"(?: for (?:the |my )?(?P<label>[\w' -]+))?",
)
EXTEND_TIMER = _patterns(
    rf"(?:add|give me|put)(?: another| an extra| an additional)? (?P<length>{LENGTH})(?: more)? (?:to|on|onto)"
    rf" (?:the|my) "
    rf"(?P<which>{_LABEL})?timer",
    rf"(?:extend|lengthen) (?:the|my) (?P<which>{_LABEL})?timer by (?P<length>{LENGTH})",
)

# --- reminders

REMIND = _patterns(
    r"(?:remind|please remind) (?:me|us)(?: again)?(?P<rest>\b.*)?",
    r"(?:set|make|create|add|give|put|schedule|need|want)(?: me| us| up| in)* (?:a|an|another|the|one more)"
    r" (?:new )?reminder"
    r"(?: for me)?(?P<rest>\b.*)?",
    r"i (?:need|want|would like) a reminder(?P<rest>\b.*)?|i'd like a reminder(?P<rest_2>\b.*)?",
    r"i (?:need|want|would like) to be reminded(?P<rest>\b.*)?|i'd like to be reminded(?P<rest_2>\b.*)?",
    r"(?:would you |do you )?mind reminding me(?P<rest>\b.*)?",
    r"reminder[:,-] ?(?P<rest>.*)",
)
DO_NOT_LET_ME_FORGET = _patterns(r"(?:don't|do not) let (?:me|us) forget(?P<rest>\b.*)")
ALARM = _patterns(
    r"(?:set|make|create|put|add)(?: me)? (?:an|the|my|another) alarm(?: clock)?(?: (?:for|at|to))?(?P<rest>\b.*)?",
    r"wake (?:me|us)(?: up)?(?P<rest>\b.*)?",
)
NO_REMINDER = re.compile(
    r"^\s*(?:what|who|whom|whose|how|why|where|which|whether|if i\b|again\b|of the (?:time|day|days|film|movie"
    r"|song|book)"
    r"|never\b|,? ?not to be)\b",
    re.IGNORECASE,
)
"""What follows "remind me" where it is asked what was said or known."""
EVENT = re.compile(
    r"^\s*(?:when|once|as soon as|whenever|if|before|after|every time|the next time|next time|until)\b", re.IGNORECASE
)
"""Where no clock tells when."""
REMINDERS = _patterns(
    rf"(?:{_GIVE} |what(?:'s| is| are) (?:in |on )?|check ){_MY}(?:reminders?|alarms?)(?: list)?(?P<when> .+)?",
    r"(?:what|which|how many|do i have|are there|have i got|have i|is there|got) ?(?:any |a |some )?(?:other )?"
    r"(?:reminders?|alarms?)(?: (?:do i have|have i(?: got)?|are there|are set|did i set|have i set|set|there"
    r"|left|are"
    r" pending|coming up|pending))*(?P<when> (?:for |on )?.+)?",
    r"what (?:do you (?:have|need|want) to|are you (?:going|supposed) to|will you|should you|did i (?:ask|tell)"
    r" you to"
    r"|have i (?:asked|told) you to) remind me(?: (?:of|about))?(?P<when> .+)?",
    r"(?:any|my) reminders(?P<when> .+)?",
)
CANCEL_REMINDER = _patterns(
    rf"{_DROP} (?P<all>all|every one|everyone|each|both)?(?: of)? ?(?:the |my |that |this |your )?(?P<last>last )?"
    r"(?:reminders?|alarms?)(?: (?:to|about|for|of|at|that|on|with) (?P<topic>.+))?",
    rf"{_DROP} (?:the |my |that |this )(?P<topic>(?:(?!timer|note)[\w':.-]+ ){{1,4}})(?:reminder"
    rf"|alarm)(?P<all>)(?P<last>)",
    r"(?:don't|do not|you (?:don't|do not) (?:need|have) to|no need to|stop) remind(?:ing)? me(?: any ?more)?"
    r"(?: (?:to|about|of|that) (?P<topic>.+?))?(?: any ?more)?(?P<all>)(?P<last>)",
)

# --- notes

_THING = r"(?:that|this|it|what i (?:just )?(?:said|told you))"
NOTE_LAST = _patterns(
    rf"(?:note|write|jot) {_THING} down|(?:make|take) a note of {_THING}|note {_THING}"
    rf"|(?:put|add) {_THING} (?:in|into|on|to) my notes",
)
NOTE = _patterns(
    r"(?:make|take|add|write|create|start|leave)(?: me)? (?:a |another |one |the )?(?:new |quick |short )?note"
    r"(?:(?:[:,.;…—–-]+ ?| )(?:saying|which says|that says|to self|to myself|for me|down)?[:,]?)? ?"
    r"(?P<that>that |about |on |of |to )?(?P<text>\S.*)",
    r"(?:note|write|jot|put) (?:this |that )?down[:,.;…—–-]* ?(?P<that>that )?(?P<text>\S.*)",
    r"note(?: this)?,? (?P<that>that )(?P<text>\S+ \S+.*)",
    r"(?:new note|note to self|note to myself|note)[:;,—–-]+ ?(?P<that>that )?(?P<text>\S.*)",
    r"(?:new note|note to self|note to myself) (?P<that>that )?(?P<text>\S+ \S.*)",
    r"(?:add|put) (?P<that>)(?P<text>\S.*?) (?:to|on|onto|in|into) my (?:notes|list of notes)",
)
NOTE_WITHOUT_TEXT = _patterns(
    r"(?:make|take|add|write|create|start)(?: me| down| us)* (?:a |another )?(?:new |quick |short )?note(?:"
    r" down)?(?: for me)?",
    r"(?:write|note|jot) something down|new note|i (?:want|need|would like) to (?:make|take) a note"
    r"|i'd like to (?:make|take) a note",
)
NO_NOTE = re.compile(
    r"^(?:of (?:how|the (?:way|fact))|on (?:how|why|what)|about (?:how|why|what)|in\b|from\b|of (?:it|him|her|them)$"
    r"|for (?:my|the|a|an) \w+$)",
    re.IGNORECASE,
)
READ_NOTES = _patterns(
    rf"{_GIVE} {_MY}(?P<last>(?:last|latest|newest|most recent) )?notes?(?: to me| aloud| back| out| out loud)*"
    r"(?: (?:about|on|with|for|of) (?P<topic>.+))?",
    r"what(?:'s| is| are| was| were|'re)(?: in| on)? (?:my|the) (?P<last>(?:last|latest|newest|most recent) )?notes?"
    r"(?: (?:about|on) (?P<topic>.+))?(?: say)?",
    r"what (?:do|does|did) (?:my|the) (?P<last>(?:last|latest) )?notes? say(?: about (?P<topic>.+))?",
    r"(?:do i have|have i got|are there|what|which|how many)(?P<last>) (?:any )?notes?(?: (?:do i have|have i(?:"
    r" got)?|are"
    r" there|did i (?:make|take)|have i (?:made|taken)))?(?: (?:about|on) (?P<topic>.+))?",
    r"what (?:have i|have you|did i|did you)(?P<last>) (?:noted?|written|write|jotted|jot)(?: down)?(?: for me|"
    r" so far)?"
    r"(?: about (?P<topic>.+))?",
    r"(?:find|look up|get|open|search)(?P<last>) (?:me )?(?:my|the) notes?(?: (?:about|on|with|for) (?P<topic>.+))?",
)
TEAR_OUT = _patterns(
    rf"{_DROP} (?P<all>all|every one|both)?(?: of)? ?(?:the |my |that |this )?(?P<last>(?:last|latest|newest|most"
    rf" recent) )?"
    r"(?P<notes>notes?)(?: (?:about|on|with|of|that says|saying) (?P<topic>.+))?",
)

NEVER_MIND = _patterns(
    r"(?:no|nope|nah|oh|well)?[,. ]*(?:never ?mind|forget it|leave it|nothing|cancel(?: (?:it|that))?|don't"
    r" bother|not now"
    r"|no|nope|nah|no thanks|no thank you|skip it|stop|drop it)(?:[,. ]+(?:thanks|thank you|please|it's fine"
    r"|that's fine"
    r"|i'm fine|forget it|never ?mind))*"
)
TAKE_BACK = _patterns(
    r"(?:undo|cancel|delete|scratch|forget|remove) (?:that|it|this)(?: again)?|undo|that was wrong|(?:no[,.]?"
    r" )?that's wrong"
    r"|(?:no[,.]? )?not that|(?:no[,.]? )?that's not what i (?:said|meant)"
)
