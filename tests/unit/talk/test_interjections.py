"""What a few words over her voice amount to."""

from __future__ import annotations

import pytest

from companion.talk.interjections import Words, asks_to_go_on, kind_of

NOTHING = ["", "   ", "...", "—", "♪", "?!"]

BACK_CHANNELS = [
    "Mm-hmm.", "Mm-hm", "Mhm.", "Uh-huh!", "uh huh", "Hm.", "Hmm...", "Mmm.", "Yeah.", "Yeah, yeah.", "YEAH",
    "Okay.", "OK", "Right.", "right, right, right", "I see.", "Oh, I see.", "Got it.", "Of course.", "No way!",
    "Oh really?", "Oh, wow.", "That’s right.", "That's true.", "Makes sense.", "Sure, sure.", "Yes, exactly.",
    "Ha ha!", "Haha.", "Yeah, I know.", "Go on.", "Fair enough.",
    "Ja, genau.", "Ach so!", "Alles klar.", "Ja ja.", "Na klar.",
    "Oui.", "D'accord.", "D’accord.", "Ah bon ?", "Je vois…", "Bien sûr.", "C'est vrai.",
    "Sí, claro.", "Vale.", "¡Por supuesto!", "Ya veo.", "De acuerdo.",
]  # fmt: skip

COMMANDS = [
    "Stop.", "STOP!", "stop stop stop", "Stop, stop!", "Wait.", "Wait, wait.", "Wait a minute.", "Hold on.",
    "Hold on, wait.", "Hang on.", "Stop it.", "Stop it, please.",
    "Stop it please", "Please stop.", "Stop, please.", "Please, be quiet.", "Be quiet.", "Shut up.", "Enough!",
    "That's enough.", "That’s enough.", "One moment.", "Just a second!",
    "No, stop.", "No, wait.", "Okay, stop.", "Okay, okay, stop.", "Yeah, wait.", "Oh, wait!", "Hey, stop.",
    "Hey, stop it!", "All right, that's enough.", "Never mind.", "Excuse me.", "Stop now.",
    "Stopp!", "Warte mal.", "Halt.", "Hör auf!", "Bitte hör auf.", "Moment mal.",
    "Arrête !", "Arrête-toi.", "Tais-toi.", "Attends, attends.", "Arrête, s'il te plaît.", "Ça suffit.",
    "¡Para!", "¡Espera, espera!", "Espera un momento.", "Cállate.", "Para, por favor.", "Un segundo.",
]  # fmt: skip

TURNS = [
    "No.", "Yeah, but I think so.", "Yeah but I think", "Right, and then?", "Okay, tell me more.", "I see a dog.",
    "What?", "Why?", "Stop the music.", "I can't stop.", "Don't stop.", "Wait for me at the station.",
    "Please.", "Please, no.", "Thank you.", "Hello.", "That's not right.", "Mm-hmm, what about Rome?",
    "Yeah yeah yeah yeah yeah.", "Yes. No.", "Good enough.", "Still good.", "No, thanks.", "Please, yes.", "I'm home?",
    "Louder.", "Samantha, tell me.", "I went to the sea.", "Actually, I disagree.", "Oh no, not again.",
    "Ja, aber ich glaube nicht.", "Oui, mais non.", "Sí, pero no.", "Bitte.",
]  # fmt: skip

UNCLEAR = [
    "I'm home.", "I'm on.", "I'm a...", "in that", "right-handed", "unstoppable",
    "Yeah, him.", "好", "Ich bin da.",
]  # fmt: skip

HUMS = ["MMHM", "M.M.H.M.", "Mm-mm.", "MMMM", "M&M.", "uhuh", "Um, um.", "um hum", "Mmm, Mmm.", "Mm, yeah."]


SAID = {
    Words.NONE: NOTHING,
    Words.BACK_CHANNEL: [*BACK_CHANNELS, *HUMS],
    Words.COMMAND: COMMANDS,
    Words.UNCLEAR: UNCLEAR,
    Words.TURN: TURNS,
}


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, texts in SAID.items() for text in texts])
def test_what_is_said_over_her_voice_is_of_one_kind(text: str, kind: Words) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_listener_says_few_words(count: int) -> None:
    assert kind_of("yeah " * count) is Words.BACK_CHANNEL
    assert kind_of("yeah " * 5) is Words.TURN


def test_a_long_transcript_is_judged_at_once() -> None:
    assert kind_of("stop please " * 2000 + "and go") is Words.TURN


@pytest.mark.parametrize(
    "text",
    [
        "Go on.", "Continue!", "Please continue.", "Go on, please.", "You were saying?", "What were you saying?",
        "Sorry, go on.", "Okay, continue.", "Finish your sentence.", "Mach weiter.", "Erzähl weiter!",
        "Vas-y.", "Tu disais ?", "¿Qué decías?", "Sigue hablando.",
    ],
)  # fmt: skip
def test_she_is_asked_to_go_on(text: str) -> None:
    assert asks_to_go_on(text)


@pytest.mark.parametrize("text", ["", "Go.", "Go on holiday.", "Continue with Rome.", "And?", "Don't go on."])
def test_she_is_not_asked_to_go_on(text: str) -> None:
    assert not asks_to_go_on(text)
