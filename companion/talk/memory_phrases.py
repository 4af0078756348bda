"""How people ask something of a memory, by language: patterns that a whole turn must match, its politeness removed.

English in full; German, French and Spanish in their plainest forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The patterns of one language."""

    language: str
    """Two letters."""
    hums: re.Pattern[str]
    """What is said between words and means nothing, with the marks around it."""
    before: re.Pattern[str]
    """What people say before a request; the group `request` if it makes one of what follows ("could you")."""
    behind: re.Pattern[str]
    """What they say behind it."""
    remember: Patterns
    """Group `clause`: what to remember."""
    remember_this: Patterns
    forget_that: Patterns
    forget_everything: Patterns
    forget_about: Patterns
    """Group `topic`."""
    forget_fact: Patterns
    """Group `clause`: what to know no more."""
    know: Patterns
    """Questions that only a memory can answer; group `topic`, None for the user."""
    know_perhaps: Patterns
    """Questions that may be about the world; group `topic`."""
    talked: Patterns
    """Group `when`, None for the last time."""
    keep_nothing: Patterns
    keep_again: Patterns
    me: Patterns
    """A topic that is the user."""
    mine: Patterns
    """A topic that is the user's."""
    pronoun: Patterns
    """A topic that is not named."""
    yes: Patterns
    no: Patterns
    undo: Patterns


def _patterns(*patterns: str) -> Patterns:
    return tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns)


def _before(words: str, requests: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{words})|(?P<request>{requests}))\b[\s,.:!…—–-]+(?=\S)", re.IGNORECASE)


def _hums(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\s*[,…—–-])?\s*\b(?:{words})\b[,.…—–-]*(?=\s)|,\s*please,", re.IGNORECASE)


def _behind(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)[\s,.!…—–-]+(?:{words})$", re.IGNORECASE)


def _series(words: str, *among: str) -> Patterns:
    """Nothing but `words`, one after another, at least one of them, with others `among` them."""
    gap = r"[\s,.!…—–-]+"
    before = rf"(?:(?:{'|'.join(among)}){gap})*"
    behind = rf"(?:{gap}(?:{'|'.join((words, *among))}))*"
    return _patterns(rf"{before}(?:{words}){behind}")


_VERB = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|do|did|isn't|aren't|wasn't"
    r"|can't|won't|doesn't|don't|didn't|hasn't|haven't|likes?|hates?|loves?|lives?|works?|wants?|needs?|goes|go"
    r"|plays?|speaks?|prefers?|never|always|leaves?|comes?|starts?|begins?|called|moved|gets?|drinks?|eats?|thinks?)"
)
_NAME = r"(?-i:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:The|That|This|When|How|What|Why)\b)[A-ZÀ-Þ])[\w'-]*"
_SHORT = r"(?:'m|'re|'ve|'ll|'d|'s)"
_THAT_CLAUSE = (
    rf"(?:(?:i|you|he|she|it|they|we|there|nobody|everybody|everyone){_SHORT}?|my|our|your|his|her|their|its|the|an?"
    rf"|on|in|at|every|each|all|most|if|when|whenever|today|tomorrow|next|no|{_NAME}|[\w'-]+ {_VERB}"
    rf"|[\w'-]+ [\w'-]+ {_VERB})\s+\S.*"
)
"""What follows "remember that" where a fact is told, unlike "film" or "time we went to Rome"."""
_TOLD_BEFORE = r"(?:told|said|mentioned|asked|was telling|used|once|thought|wrote)"
_BARE_CLAUSE = (
    rf"i{_SHORT}?\s+(?!{_TOLD_BEFORE}\b)\S.*|my\s+(?:[\w'-]+\s+){{1,4}}?{_VERB}\s+\S.*"
    r"|(?:we|they|he|she|it|there)(?:'re|'ve|'ll|'s)\s+\S.*|(?:we|they) (?:are|have|will|need|leave)\s+\S.*"
    r"|(?:he|she|it|there) (?:is|has|will|needs|likes|hates|loves)\s+\S.*"
    rf"|{_NAME}(?: {_NAME})?(?:'s [\w-]+)? {_VERB}\s+\S.*"
)
"""What follows a mere "remember" where a fact is told, unlike "I told you about it" or "my first day at school"."""
_REMEMBER = r"(?:remember|do not forget|don't(?: you)? forget|never forget|keep in mind|bear in mind)"
_NOTE = r"(?:make a note|take a note|take note|note down|write down)"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NTH = r"\d\d?(?:st|nd|rd|th)?"
_WHEN = (
    r"(?:(?:early |earlier |late |later |just )?(?:today|tonight|last night|(?:the day before )?yesterday"
    r"|(?:this|last|the other|the last|that|yesterday|on the last) (?:morning|afternoon|evening|night|day|week|weekend"
    rf"|month|year|time|summer|winter|spring|autumn|fall|conversation|{_DAY}|{_MONTH})|(?:on )?{_DAY}"
    rf"|(?:in |back in )?{_MONTH}(?: (?:19|20)\d\d)?|(?:on )?(?:the )?{_NTH}(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|(?:on )?{_MONTH} {_NTH}(?:,? \d{{4}})?|(?:back )?in (?:19|20)\d\d"
    r"|(?:about |around )?(?:[\w-]+ ){1,3}(?:day|week|month|year)s? ago|before|previously|earlier|recently|lately"
    r"|so far|when we last (?:talked|spoke))(?: (?:morning|afternoon|evening|night))?)"
)
_FORGET = r"(?:forget|delete|erase|remove|wipe)"
_TOLD = r"(?:(?:told|said to|mentioned to) you|said|told|mentioned|asked)"
_LEARNED = r"(?:know|knew|remember|heard|learned|learnt|have|saved|stored|kept)"
_I_HAVE = r"(?:i|i've|i have|we|we've|we have)"

ENGLISH = Phrases(
    language="en",
    hums=_hums(r"u+m+|u+h+|erm+|hm+"),
    before=_before(
        r"oh|ah|hey|hi|hello|okay|ok|so|well|now|and|yeah|yes|yep|no|nah|look|listen|please"
        r"|actually|all right|alright|right|just|then|also|by the way|wait|sorry|one (?:more )?thing",
        r"(?:could|can|would|will) you|i (?:want|need|would like) you to"
        r"|i'd like you to|(?:i want|i'd like) to ask you to|make sure (?:to|you)|i'd like to know|tell me",
    ),
    behind=_behind(
        r"please|thanks|thank you|ok|okay|for me|(?:will|would|could|can) you|all right|alright|if you can|now|then"
        r"|for later|dear"
    ),
    remember=_patterns(
        rf"(?:{_REMEMBER}|{_NOTE}|note)[,:]? (?:(?:this[,:]? )?that|this)[,:]? (?P<clause>{_THAT_CLAUSE})",
        rf"(?:{_REMEMBER}|{_NOTE})(?:,? (?:of )?this)?[,:.…—–-]* (?P<clause>{_BARE_CLAUSE})",
    ),
    remember_this=_patterns(
        r"(?:remember|don't forget|do not forget|make a note of) (?:this|that|what i (?:just )?(?:said|told you))",
        r"keep (?:this|that) in mind|(?:write|note) (?:this|that) down",
    ),
    forget_that=_patterns(
        rf"{_FORGET} (?:this|that|you (?:ever )?heard (?:this|that)|(?:everything |all )?(?:what |that )?i just {_TOLD}"
        rf"|what i {_TOLD}|(?:that )?i (?:ever )?{_TOLD} (?:that|this|it|anything))",
        rf"{_FORGET} (?:the|my) last (?:thing|bit|part|sentence|turn|words|message)(?: (?:that )?i (?:just )?{_TOLD})?",
        r"(?:don't|do not) (?:remember|keep|store|save) (?:that|what i (?:just )?said)",
    ),
    forget_everything=_patterns(
        rf"{_FORGET} (?:absolutely )?(?:everything|it all|all of it|all (?:of )?(?:your|my|our) (?:memor(?:y|ies)"
        rf"|conversations)|your (?:whole |entire )?memory|(?:everything|all) (?:that )?(?:you(?:'ve| have)?(?: ever)?"
        rf" {_LEARNED}|{_I_HAVE}(?: ever)? (?:{_TOLD}|talked about)))(?: (?:about|of) me)?",
    ),
    forget_about=_patterns(
        rf"{_FORGET} (?:absolutely )?(?:everything|anything|all|whatever|what)(?: (?:that )?(?:there is"
        rf"|you(?:'ve| have)?(?: ever)? {_LEARNED}|{_I_HAVE}(?: ever)? (?:{_TOLD}|talked)))?"
        r" (?:about|on|concerning) (?P<topic>.+)",
    ),
    forget_fact=_patterns(rf"{_FORGET} (?:the fact )?that (?P<clause>{_THAT_CLAUSE})"),
    know=_patterns(
        r"(?:tell me )?what (?:else )?(?:do|can|did) you (?:remember|recall)(?: (?:about|of) (?P<topic>.+))?",
        r"(?:tell me )?what (?:else )?have you (?:learned|learnt|remembered|stored|saved|kept|noted)"
        r"(?: (?:about|of) (?P<topic>.+))?",
        r"(?:do you (?:know|remember) )?what (?:else )?(?:did i tell|did i say to|have i told|i(?:'ve| have)? told)"
        r" you about (?P<topic>.+)",
        r"(?:tell me )?(?:what|everything|all)(?: that)? you (?:remember|recall)(?: (?:about|of) (?P<topic>.+))?",
        r"(?:do|can) you remember anything (?:about|of) (?P<topic>.+)",
        r"(?:tell me )?what (?:else )?do you know (?:about|of) (?P<topic>me|myself|us)",
        r"(?:tell me )?(?:what|everything|all)(?: that)? you know (?:about|of) (?P<topic>me|myself|us)",
        r"(?:do you know )?(?:anything|something|much) (?:about|of) (?P<topic>me|myself|us)",
    ),
    know_perhaps=_patterns(
        r"(?:tell me )?what (?:else )?do you know (?:about|of) (?P<topic>.+)",
        r"(?:tell me )?(?:what|everything|all)(?: that)? you know (?:about|of) (?P<topic>.+)",
        r"do you know (?:anything|something) (?:about|of) (?P<topic>.+)",
    ),
    talked=_patterns(
        rf"(?:(?:do you remember|remind me|do you know) )?what (?:did we|we) (?:talk|talked|speak|spoke|chat|chatted)"
        rf" about(?P<when> {_WHEN})?",
        rf"(?:(?:do you remember|remind me) )?what (?:did we|we|have we) (?:discuss|discussed)(?P<when> {_WHEN})?",
        rf"what have we (?:talked|spoken|been talking) about(?P<when> {_WHEN})?",
        rf"(?:(?:do you remember|remind me) )?what (?:were we|we were) (?:talking|speaking) about(?P<when> {_WHEN})",
        rf"(?:do you remember )?what (?:did i (?:tell you|say|say to you)|i (?:told you|said(?: to you)?))"
        rf"(?P<when> {_WHEN})",
        r"what was (?:our|the) (?P<when>last (?:conversation|talk|chat)) about",
        rf"(?:do you remember )?our (?:conversation|talk|chat)(?: from)?(?P<when> {_WHEN})",
    ),
    keep_nothing=_patterns(
        r"(?:this|that|it|(?:what|everything) i (?:say|tell you|'m about to (?:say|tell you))(?: now| next)?)"
        r"(?:'s|'ll)? ?(?:stays|stay|remains|is|must stay|has to stay|should stay)?(?: just| strictly| only)?"
        r" (?:between (?:us|you and me|the two of us)|off the record)",
        r"(?:let's |let us )?(?:go |be |stay |talk |keep (?:it|this|that) |this is )?off the record(?: from now on)?",
        r"(?:(?:let's )?keep (?:this|that|it) )?(?:just |strictly )?between (?:us|you and me)",
        r"(?:don't|do not) (?:remember|keep|record|save|store|write down) (?:this|anything|any of (?:this|it)|a thing"
        r"|what i (?:say|tell you)(?: now| next)?|anything i (?:say|tell you))(?: from now on)?",
        r"(?:don't|do not) write (?:this|any of this) down",
        r"stop (?:remembering(?: things| everything| anything)?|keeping notes|taking notes|recording)",
        r"(?:go|switch to|turn on|switch on|start|enter|enable) (?:the )?private(?: mode)?|private mode(?: on)?",
    ),
    keep_again=_patterns(
        r"(?:you (?:can|may) )?(?:start )?remember(?:ing)?(?: things| everything| me| what i say)? again",
        r"(?:you (?:can|may) )?start remembering(?: things| everything)?",
        r"(?:we're |we are |you're |i'm |this is |let's go |go )?(?:back )?on the record(?: again)?",
        r"(?:turn off|switch off|end|leave|exit|stop|disable) (?:the )?private(?: mode)?|private mode off",
        r"(?:you (?:can|may) )?(?:keep|take|start keeping|start taking) (?:notes|everything|what i say) again",
        r"(?:we're |we are )?no longer off the record",
    ),
    me=_patterns("me|myself|us"),
    mine=_patterns("(?:my|our) .+|me and .+|.+ and me"),
    pronoun=_patterns("it|this|that|him|her|them|these|those|he|she|they|you|yourself|all of (?:it|that|them)"),
    yes=_series(
        r"yes|yeah|yep|yup|ya|sure|okay|ok|of course|absolutely|definitely|certainly|do|do it|do that|please do"
        r"|go ahead|go on|i am|i'm sure|i am sure|(?:forget|delete) (?:it|them|her|him|all of it|everything)|all of it"
        r"|that's right|correct",
        *("please", "well", "oh", "thanks", "thank you"),
    ),
    no=_series(
        r"no|nope|nah|never|don't|do not|stop|wait|cancel|not now|better not|rather not|of course not|leave it"
        r"|keep (?:it|them|her|him|everything)|never mind|don't do (?:it|that)|no way",
        *("please", "well", "oh", "thanks", "thank you", "sorry"),
    ),
    undo=_patterns(
        r"undo(?: that| it| this)?|(?:bring|put|get|take) (?:that|it|this|them|him|her|everything) back(?: again)?"
        r"|restore (?:that|it|them|everything)|remember (?:that|it|them|him|her) again|i didn't mean (?:that|it|to)"
    ),
)
BY_LANGUAGE = {"en": ENGLISH}
