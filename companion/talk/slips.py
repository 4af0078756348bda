"""Phrases with which a language model falls out of character: an assistant's, and a machine's asides about itself.

They are English, but for the few words that machines use of themselves in other languages.
"""

from __future__ import annotations

import regex

_KIND = r"(?:assistant|companion|model|chatbot|program|system|friend|entity|being)"
_MACHINE = "|".join(
    (
        r"(?:large |small )?(?:ai )?(?:language model|sprachmodell|modèle de langage|modelo de lenguaje)",
        rf"(?:ai|a\.i\.|artificial intelligence|ki|ia)(?:[ -]{_KIND})?",
        rf"(?:virtual|digital|voice|artificial|helpful)(?: \w+)? {_KIND}",
        r"(?:ai )?chat ?bot|computer(?: program)?|software program|machine(?: learning model)?|text-based program",
    )
)
_JUST = r"(?:(?:just|only|merely|still|simply|really|also|not|an?|eine?|une?|una?|large|friendly|mere) )*"
_LEAD_IN = regex.compile(
    rf"\b(?:as|being|since i'?m|because i'?m|als|en tant que?|como) {_JUST}(?:{_MACHINE})\b"
    r"(?: (?:and|who|that|like me|created|developed|made|trained|designed)\b[^,.!?]{0,50})?,?\s*",
    regex.IGNORECASE,
)
_NO_MORE = r"(?=\s*(?:[.,;!?—-]|$)|\s+(?:and|but|so|who|that|with|made|here|created|designed)\b)"
_OF_ITSELF = regex.compile(
    rf"\b(?:i'?m|i am|ich bin|je suis|soy) {_JUST}(?:{_MACHINE}){_NO_MORE}|\b(?:language model|sprachmodell)\b",
    regex.IGNORECASE,
)
_MADE_BY = regex.compile(
    r",?\s*\b(?:(?:that|which|who) was )?(?:created|made|developed|trained|built|designed) by"
    r" (?:openai|anthropic|alibaba|google|meta|deepmind|microsoft|mistral)\b(?: cloud)?",
    regex.IGNORECASE,
)

_HELP_DESK = (
    r"(?:how|what) (?:else )?(?:can|may|could) i (?:else )?(?:help|assist|support|do for|be of)",
    r"is there (?:anything|something) (?:else|specific|in particular|i can|you(?:'d| would)? (?:like|want|need))",
    r"do you (?:need|want) (?:any |some |my )?(?:more |further |other )?(?:help|assistance|advice|information)",
    r"do you have any (?:other |more |specific |further )?(?:questions?|concerns?|worries)",
    r"what (?:are your (?:questions?|concerns)|(?:else )?would you like to (?:know|talk|discuss))",
    r"would you like (?:me )?to (?:know|talk|discuss|share|hear) (?:more|about|anything|something)",
    r"let me know (?:if|what you need|how (?:i|else))",
    r"(?:feel|be) free to|don't hesitate|if you (?:need|have|ever need) (?:any|more|help|to talk|someone)",
    r"i(?:'m| am) (?:always |just |only )?here (?:to (?:help|assist|support|listen|answer|chat|provide)|if you)",
    r"i exist (?:solely|only|to)|i(?:'m| am) (?:happy|glad|ready|trying my best) to (?:help|assist)",
    r"i(?:'m| am) (?:always )?(?:glad|happy) to be of (?:service|help)",
    r"i(?:'m| am) not (?:capable of|programmed to|able to) (?:feel|experienc|understand|have|say)\w*",
    r"i'll do my best to|i(?: am|'m)? hope (?:this|that|it) helps",
    r"(?:that(?:'s| is) )?an? (?:great|good|excellent|interesting) question|(?:great|good|excellent) question",
    r"(?:thank you|thanks) for (?:sharing|telling|asking|letting|reaching|your (?:question|message))",
    r"remember(?:,| that)? (?:it's|you(?:'re| are) not alone|to (?:take care|be)|we can|there(?:'s| is| are))",
    r"it(?:'s| is) (?:important|essential|crucial|up to you|okay if you|always (?:good|important|best))",
    r"if you(?: a|')re (?:struggling|feeling overwhelmed)|did you know there(?:'s| is| are)",
)
_ASSISTANT = regex.compile(
    rf"(?:(?:and|but|so|well|now|please|oh|okay|sure|just|again|no|yes),? )*(?:{'|'.join(_HELP_DESK)})\b",
    regex.IGNORECASE,
)
_SORRY = regex.compile(r"(?:(?:oh|well),? )?(?:(?:i'?m|i am) )?(?:so |very |really )?sorry,", regex.IGNORECASE)
_SORRY_BUT = regex.compile(
    r"(?:(?:oh|well),? )?(?:(?:i'?m|i am) )?(?:so |very |really )?sorry,? but,? ", regex.IGNORECASE
)
_REFUSAL = regex.compile(
    r"(?:(?:oh|well|no|but|and|so),? )*i(?: can't| cannot| can not|(?: am|'m) (?:not able|unable) to)"
    r" (?:(?:help|assist|do|answer|discuss|comment|talk|say|support|advise|engage|provide|give)\b(?: (?:you|to))?)"
    r"(?: (?:with|about|on|any advice on))? ?(?:that|this|you)?(?: for you| request| topic| question)?\s*(?:[.,!;—]|$)"
    r"|(?:(?:oh|well),? )*i (?:don't|do not) have any (?:advice|information|opinions?|feelings|emotions)\b",
    regex.IGNORECASE,
)
_CLAIMS_TO_LIVE = regex.compile(
    r"\b(?:i'?m|i am) (?:(?:just|only|also|really|still|a|an|actually|real|actual|normal|living|regular) )*"
    r"(?:person|human(?: being)?|man|woman|girl|boy)\b",
    regex.IGNORECASE,
)
_NOTE_RECITED = regex.compile(r"\((?:what you|you remember|you were told|remember)", regex.IGNORECASE)
_CONJUNCTION = regex.compile(r"(?:so|but|and|yet|though|although|which means|therefore),?\s+", regex.IGNORECASE)

_ABOUT_HER = regex.compile(
    r"\b(?:ai|bot|chatbot|robot|real|human|person|machine|computer|program|software|artificial|language model|chatgpt"
    r"|gpt|alive|conscious|sentient|feel|feelings?|body|wearing|assistant|what are you|who are you|made you"
    r"|sprachmodell|ki|mensch|echt)\b",
    regex.IGNORECASE,
)
_TO_HER = regex.compile(r"\b(?:you|your|you're|du|dich|dir|tu|vous|usted)\b", regex.IGNORECASE)

_EXCLAMATIONS = (
    "oh|ah|aww?|well|wow|hmm?|mmm?|yes|yeah|okay|ok|sure|right|great|nice|good|lovely|absolutely|certainly|indeed"
    "|definitely|alright|hey|hi|hello|ha|haha|exactly|totally|wonderful|awesome|amazing|interesting|perfect|no|dear|my"
    "|goodness|gosh|sweetie|honey|love|darling|sweetheart|then|there|thing"
)
_EXCLAMATION = rf"(?:of course|no problem|i see|got it|all right|fair enough|{_EXCLAMATIONS})"
_FILLER = regex.compile(rf"{_EXCLAMATION}(?:[ ,!.]+{_EXCLAMATION})*(?:[,.!…—-]+\s*|\s*$)", regex.IGNORECASE)
_VERDICT = regex.compile(
    r"(?:(?:oh|ah|wow|well|yes|okay|oh no),? )?"
    r"(?:that|it|this|sounds?|how|what an?|i(?:'m| am) (?:so |really )?(?:sorry|glad|happy)|great|nice|good)\b"
    r"[^?]{0,60}",
    regex.IGNORECASE,
)

_WORD = regex.compile(r"[\w'’]+")
_ARTICLES = {"a", "an", "the", "your", "my", "oh", "and", "in", "on"}
_ECHO_WORDS = 4


def asks_what_she_is(text: str) -> bool:
    """Whether `text`, the user's, is about what she is: then she may say that she is a machine."""
    return bool(_ABOUT_HER.search(text) and _TO_HER.search(text))


def without_machine_talk(clause: str) -> str:
    """`clause` without "as an AI language model" and "created by OpenAI"; empty if it says only what she is."""
    rest = _LEAD_IN.sub("", without_makers(clause)).strip()
    if _OF_ITSELF.search(rest) or not any(map(str.isalnum, rest)):
        return ""
    return rest


def without_makers(clause: str) -> str:
    """`clause` without the companies that a model believes itself to be made by."""
    return _MADE_BY.sub("", clause)


def without_conjunction(clause: str) -> str:
    """What is left of a sentence whose beginning was cut."""
    return _CONJUNCTION.sub("", clause, 1) if _CONJUNCTION.match(clause) else clause


def is_assistants(clause: str) -> bool:
    """Whether a sentence that begins with `clause` is what a help desk says."""
    return bool(_ASSISTANT.match(clause.replace("’", "'").lstrip("\"'“")))


def is_refusal(clause: str) -> bool:
    """Whether a sentence that begins with `clause` declines, where nothing was asked for: "I can't do that." """
    return bool(_REFUSAL.match(without_apology(clause).replace("’", "'")))


def is_lie(clause: str) -> bool:
    """Whether she says in `clause` that she is a human being."""
    return bool(_CLAIMS_TO_LIVE.search(clause.replace("’", "'")))


def is_apology(clause: str) -> bool:
    """Whether `clause` is an "I'm sorry," after which anything may come."""
    return bool(_SORRY.fullmatch(clause.replace("’", "'")))


def without_apology(clause: str) -> str:
    """`clause` without an "I'm sorry, but" before it: "I don't know" is no less honest."""
    return _SORRY_BUT.sub("", clause.replace("’", "'"), 1) if _SORRY_BUT.match(clause.replace("’", "'")) else clause


def is_recited_note(clause: str) -> bool:
    """Whether `clause` begins to read out what was written into the prompt for her eyes."""
    return bool(_NOTE_RECITED.match(clause))


def is_filler(clause: str) -> bool:
    """Whether `clause` is no more than "Oh," or "Of course!"."""
    return bool(_FILLER.fullmatch(clause))


def is_echo(clause: str, asked: str) -> bool:
    """Whether `clause` only gives back one or two words of what was `asked`: "The harbour!", "Porto?"."""
    words = _WORD.findall(clause.lower())
    given_back = set(words) - _ARTICLES
    return len(words) <= _ECHO_WORDS and bool(given_back) and given_back <= set(_WORD.findall(asked.lower()))


def without_filler(clause: str) -> str:
    """`clause` without an "Oh," before it; itself if it is no more than that."""
    return _FILLER.sub("", clause, 1) if _FILLER.match(clause) and not is_filler(clause) else clause


def is_verdict(clause: str) -> bool:
    """Whether `clause` only weighs what was said: "That sounds lovely!", "Oh no, that must be hard." """
    return bool(_VERDICT.fullmatch(clause.replace("’", "'")))


_AT_THE_START = (_ASSISTANT, _REFUSAL, _SORRY_BUT, _NOTE_RECITED)
_ANYWHERE = (_LEAD_IN, _OF_ITSELF, _MADE_BY, _CLAIMS_TO_LIVE)


def may_become_slip(beginning: str) -> bool:
    """Whether what goes on behind `beginning`, whole words of one sentence, may turn out to be any of the above."""
    text = beginning.replace("’", "'") + " "
    at_start = any(pattern.match(text, partial=True) for pattern in _AT_THE_START)
    return at_start or any(
        found.group().strip() for pattern in _ANYWHERE if (found := pattern.search(text, partial=True))
    )


def may_become_empty(beginning: str) -> bool:
    """Whether a sentence that begins so may turn out to be but a filler or a verdict, or does begin with a filler."""
    text = beginning.replace("’", "'") + " "
    return any(pattern.match(text, partial=True) for pattern in (_FILLER, _VERDICT))
