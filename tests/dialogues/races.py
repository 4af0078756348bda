"""What the dialogues of races have in common."""

from __future__ import annotations

from companion.core import events as ev
from tests.dialogues.stage import Dialogue

TEN = "One two three four five six seven eight nine ten."
ASKED = ("user", "Tell me.")

HEARD_AT_HOLD = "One two three four five six"
UNHEARD_AT_HOLD = "seven eight nine ten."


def voice(done: Dialogue) -> str:
    """What became of her voice, in order."""
    kinds = {
        "VoiceLowered": "lowered",
        "VoiceHeld": "held",
        "VoiceRaised": "raised",
        "ReplyStarted": "began",
        "ReplyFinished": "finished",
        "ReplyInterrupted": "interrupted",
    }
    return " ".join(kinds[name] for name in done.names() if name in kinds)


def check_she_remembers_what_was_heard(done: Dialogue, *replies: str) -> None:
    """Each reply stands once in history, cut where its event says; the others were heard by nobody."""
    hers = [turn for turn in done.turns if turn.who == "companion"]
    whole = [" ".join(filter(None, (turn.text, turn.unheard))) for turn in hers]
    assert whole == list(replies)
    told = [(e.heard, e.unheard) for e in done.of(ev.ReplyInterrupted)] + [
        (e.text, "") for e in done.of(ev.ReplyFinished)
    ]
    assert sorted(told) == sorted((turn.text, turn.unheard) for turn in hers)
    assert all(turn.interrupted == bool(turn.unheard) for turn in hers)
