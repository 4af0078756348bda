"""Short things said over her voice: a listener's "mm-hm", a "stop", or words that are meant as words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Words(Enum):
    """What a short piece of speech amounts to."""

    NONE = auto()
    """Nothing was understood: a cough, a breath."""
    BACK_CHANNEL = auto()
    """The listener follows, and does not want the floor ("mm-hm", "yeah", "right")."""
    COMMAND = auto()
    """She is to be silent, at once ("stop", "wait", "hold on")."""
    ECHO = auto()
    """Her own words, come back through the microphone."""
    CALL = auto()
    """She is called by her name, and nothing is asked yet ("Hey Samantha"). `kind_of` knows no names."""
    UNCLEAR = auto()
    """A word or three that neither ask nor tell her anything: transcribers make "I'm home" of a hummed "um-hum"."""
    TURN = auto()
    """Anything else."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was said up to a pause, and of what kind it is."""

    words: Words
    text: str
    language: str = "en"


LITTLE_SAID = (Words.BACK_CHANNEL, Words.UNCLEAR)
"""What answers a question all the same."""

_BACK_CHANNELS = {
    "en": "mm mhm mmhm mmhmm mmm hm hmm hmmm uhhuh uh ah aha ahh oh ooh ok okay yeah yep yup ya yes right sure "
    "really wow cool nice great good true exactly totally absolutely indeed interesting haha ha heh huh|i see|"
    "i know|got it|of course|no way|oh yeah|all right|alright|go on|makes sense|that's right|oh wow|oh no|oh my|"
    "fair enough|you're right|that's true|very good|very nice|oh i see|uh huh|mm hm|mm hmm",
    "de": "ja jaja genau stimmt klar okay ach aha achso gut schön mhm hm|ach so|na klar|ich weiß|alles klar",
    "fr": "oui ouais d'accord voilà bien ah bon hm mhm exactement|je vois|bien sûr|c'est vrai|ah bon|ah oui",
    "es": "sí si claro vale ajá bueno ya exacto cierto mhm|ya veo|por supuesto|de acuerdo|es verdad",
}
_COMMANDS = {
    "en": "stop wait quiet enough silence shush pause|hold on|hang on|shut up|be quiet|one moment|one second|"
    "just a moment|just a second|wait a minute|wait a second|wait a moment|stop it|stop talking|that's enough|"
    "never mind|excuse me|give me a second",
    "de": "stopp stop halt warte moment ruhe genug still|warte mal|hör auf|einen moment|moment mal|sei still",
    "fr": "stop arrête attends attendez silence assez chut|un moment|une seconde|arrête toi|tais toi|ça suffit",
    "es": "para espera alto basta silencio cállate|un momento|espera un momento|un segundo",
}
_BESIDE_COMMANDS = {
    "en": "please now no yes yeah okay ok oh hey sorry alright|all right",
    "de": "bitte jetzt nein ja ok",
    "fr": "non oui maintenant|s'il te plaît|s'il vous plaît",
    "es": "no sí oye ya|por favor",
}
_ASKING_OR_TELLING = {
    "en": "what what's why who who's where where's when how how's which whose no not don't isn't wasn't can't nope "
    "never hey hello hi sorry pardon again repeat louder quieter slower faster softer next skip cancel tell say speak "
    "talk help listen look please can could will would do does did is are was were should shall may let let's thanks "
    "thank bye goodbye but actually wrong false disagree forget play turn set call change try",
    "de": "was warum wer wo wann wie welche welcher nein nicht nie hey hallo nochmal lauter leiser langsamer schneller "
    "weiter bitte danke aber falsch hilfe kannst ist sind sag erzähl tschüss",
    "fr": "quoi pourquoi qui où quand comment quel quelle non pas jamais hé allô encore répète plus moins aide merci "
    "mais faux est dis raconte",
    "es": "qué por quién dónde cuándo cómo cuál no nunca oye hola otra repite más menos ayuda gracias pero falso es di "
    "cuenta adiós",
}
_LONGEST_UNCLEAR_WORDS = 3

_HUM = re.compile(r"[mh]+|(?:h?u+[hm]+)+")
"""However a transcriber spells what is hummed: "MMHM", "M.M.", "uhuh"."""
_NOT_IN_WORDS = re.compile(r"[^\w' ]")
_LONGEST_BACK_CHANNEL_WORDS = 4
_LONGEST_PHRASE_WORDS = 4


def _phrases(lists: dict[str, str]) -> frozenset[str]:
    """The first part of each list holds single words, the others phrases."""
    found: set[str] = set()
    for phrases in lists.values():
        words, *rest = phrases.split("|")
        found |= {*words.split(), *rest}
    return frozenset(found)


BACK_CHANNELS = _phrases(_BACK_CHANNELS)
COMMANDS = _phrases(_COMMANDS)
BESIDE_COMMANDS = _phrases(_BESIDE_COMMANDS)
"""What people say around a command, which stays one: "okay, okay, stop it, please".

Not all back-channels: "good enough" is none.
"""


ASKING_OR_TELLING = _phrases(_ASKING_OR_TELLING) | COMMANDS
"""Words that are meant as words however short they were."""


def kind_of(text: str) -> Words:
    """What `text`, a transcript, amounts to if it was said over her voice."""
    words = _words_of(text)
    if not words:
        return Words.NONE
    if _is_made_of(words, COMMANDS | BESIDE_COMMANDS) and not _is_made_of(words, BESIDE_COMMANDS):
        return Words.COMMAND
    articulate = [word for word in words if not _HUM.fullmatch(word)]
    if len(words) <= _LONGEST_BACK_CHANNEL_WORDS and _is_made_of(articulate, BACK_CHANNELS):
        return Words.BACK_CHANNEL
    if len(words) <= _LONGEST_UNCLEAR_WORDS and ASKING_OR_TELLING.isdisjoint(words) and "?" not in text:
        return Words.UNCLEAR
    return Words.TURN


def _is_made_of(words: list[str], phrases: frozenset[str]) -> bool:
    """Whether `words` are nothing but phrases from the list, one after another."""
    ends = {0}
    for end in range(1, len(words) + 1):
        if any(" ".join(words[begin:end]) in phrases for begin in ends if end - begin <= _LONGEST_PHRASE_WORDS):
            ends.add(end)
    return len(words) in ends


_GO_ON = _phrases(
    {
        "en": "continue|go on|go ahead|carry on|keep going|please continue|please go on|you were saying|"
        "what were you saying|sorry go on|sorry you were saying|okay go on|yes go on|go on please|keep talking|"
        "finish your sentence|finish what you were saying|as you were saying|sorry continue|okay continue",
        "de": "weiter|mach weiter|red weiter|sprich weiter|du wolltest sagen|erzähl weiter",
        "fr": "continue continuez|vas y|tu disais|vous disiez",
        "es": "continúa sigue|sigue hablando|qué decías|decías",
    }
)


def asks_to_go_on(text: str) -> bool:
    """Whether `text` asks her to say the rest of what was cut off."""
    return " ".join(_words_of(text)) in _GO_ON


def _words_of(text: str) -> list[str]:
    return _NOT_IN_WORDS.sub(" ", text.casefold().replace("’", "'")).split()
