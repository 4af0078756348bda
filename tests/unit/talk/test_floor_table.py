"""The floor: what every script of sounds and words leads to."""

from __future__ import annotations

import pytest

from companion.talk.floor import Began, Calmed, Dismissed, Ended, Startled
from companion.talk.interjections import Words
from tests.unit.talk.floor_script import (
    CALL,
    CLICK,
    COUGH,
    ECHO,
    FINISHED,
    GOES_ON,
    HUM,
    LONG,
    LONGEST,
    MM_HM,
    OPEN,
    OVER_HER,
    PAUSE,
    SHE_ENDS,
    SOFT_END,
    STOP,
    WHILE_SHE_THINKS,
    WHOLE,
    WORD,
    Finish,
    Key,
    Play,
    Said,
    Sounds,
    Step,
    names,
    silence,
)

TABLE: dict[str, tuple[list[Step], str]] = {
    # --- onset
    "silence is nothing": ([".", PAUSE], ""),
    "one frame is a click": ([CLICK, PAUSE, CLICK, PAUSE], ""),
    "between the thresholds nothing begins": (["~~~~"], ""),
    "between the thresholds speech goes on": (["##~~~~~~", ".."], "Began"),
    "two frames are no word": (["##", ".."], "Began"),
    "two frames and a pause are a noise": (["##", PAUSE], "Began Dismissed(too short to be speech)"),
    "four frames are a noise": (["####", PAUSE], "Began Dismissed(too short to be speech)"),
    "five frames are a word": (["#####", SOFT_END], "Began SoftEnded"),
    "a dismissed noise leaves nothing behind": (
        ["##", PAUSE, CLICK, ".", WORD, SOFT_END],
        "Began Dismissed(too short to be speech) Began SoftEnded",
    ),
    # --- pauses
    "a pause is told in two steps": ([WORD, PAUSE], "Began SoftEnded Paused"),
    "a short breath is only a soft end": ([WORD, SOFT_END, WORD], "Began SoftEnded Resumed"),
    "a gap shorter than that is none": ([WORD, "..", WORD], "Began"),
    "each pause is told anew": (
        [WORD, PAUSE, WORD, PAUSE],
        "Began SoftEnded Paused Resumed SoftEnded Paused",
    ),
    "a click ends no pause": ([WORD, PAUSE, CLICK, PAUSE], "Began SoftEnded Paused"),
    "a click is waited out before the turn may end": (
        [WORD, PAUSE, FINISHED, WHOLE, CLICK],
        "Began SoftEnded Paused",
    ),
    "and then the turn ends as it would have": (
        [WORD, SOFT_END, FINISHED, WHOLE, CLICK, silence(0.28)],
        "Began SoftEnded Paused Ended(a clear end)",
    ),
    # --- evidence
    "nothing known": ([WORD, silence(1.2)], "Began SoftEnded Paused Ended(unclear)"),
    "nothing known, and not long enough": ([WORD, silence(1.1)], "Began SoftEnded Paused"),
    "words and sound whole": ([WORD, PAUSE, WHOLE, FINISHED, ".."], "Began SoftEnded Paused Ended(a clear end)"),
    "sound and words whole, long after": (
        [WORD, silence(0.6), FINISHED, WHOLE],
        "Began SoftEnded Paused Ended(a clear end)",
    ),
    "only the words are known": ([WORD, PAUSE, WHOLE, silence(0.2)], "Began SoftEnded Paused Ended(likely the end)"),
    "only the sound is known": ([WORD, PAUSE, FINISHED, silence(0.9)], "Began SoftEnded Paused"),
    "the sound ends what the words left open": (
        [WORD, PAUSE, WHOLE, ".....", FINISHED],
        "Began SoftEnded Paused Ended(a clear end)",
    ),
    "the words end what the sound left open": (
        [WORD, silence(0.5), FINISHED, WHOLE],
        "Began SoftEnded Paused Ended(a clear end)",
    ),
    "the words go on": ([WORD, PAUSE, OPEN, GOES_ON, silence(2.0)], "Began SoftEnded Paused"),
    "but not for ever": ([WORD, PAUSE, OPEN, GOES_ON, LONGEST], "Began SoftEnded Paused Ended(no end)"),
    "the longest silence ends what nobody judged": (
        [WORD, PAUSE, OPEN, LONGEST],
        "Began SoftEnded Paused Ended(no end)",
    ),
    "evidence of one pause is none at the next": (
        [WORD, SOFT_END, FINISHED, WHOLE, WORD, silence(1.0)],
        "Began SoftEnded Resumed SoftEnded Paused",
    ),
    "a verdict before the pause is told": (
        [WORD, SOFT_END, FINISHED, WHOLE, silence(0.2)],
        "Began SoftEnded Paused Ended(a clear end)",
    ),
    # --- void verdicts
    "the user went on meanwhile": ([WORD, PAUSE, WORD, FINISHED, WHOLE], "Began SoftEnded Paused Resumed"),
    "and paused again": (
        [WORD, PAUSE, WORD, silence(0.6), Sounds(0.95, ago=1), Said(Words.TURN, "What?", ago=1)],
        "Began SoftEnded Paused Resumed SoftEnded Paused",
    ),
    "the turn is over": (
        [WORD, silence(1.2), FINISHED, WHOLE],
        "Began SoftEnded Paused Ended(unclear)",
    ),
    "a verdict on the turn before": (
        [WORD, silence(1.2), WORD, silence(0.6), Sounds(0.95, ago=1), Said(Words.TURN, "What?", ago=1)],
        "Began SoftEnded Paused Ended(unclear) Began SoftEnded Paused",
    ),
    # --- the end of it all
    "no more comes, and nobody spoke": ([Finish()], ""),
    "no more comes in mid-word": ([WORD, Finish()], "Began Ended(end of audio)"),
    "no more comes in a pause": ([WORD, PAUSE, Finish()], "Began SoftEnded Paused Ended(end of audio)"),
    "no more comes after a noise": (["##", Finish()], "Began Dismissed(too short to be speech)"),
    "no more comes twice": ([WORD, Finish(), Finish()], "Began Ended(end of audio)"),
    # --- while she thinks: an unheard reply is nobody's loss
    "a cough while she thinks": (
        [WHILE_SHE_THINKS, "####", PAUSE],
        "Began Dismissed(too short to be speech)",
    ),
    "speech while she thinks takes the floor": ([WHILE_SHE_THINKS, WORD], "Began TookFloor"),
    "and is an ordinary turn from then on": (
        [WHILE_SHE_THINKS, WORD, SHE_ENDS, silence(1.2)],
        "Began TookFloor SoftEnded Paused Ended(unclear)",
    ),
    "a back-channel while she thinks is a turn": (
        [WHILE_SHE_THINKS, WORD, SHE_ENDS, PAUSE, MM_HM],
        "Began TookFloor SoftEnded Paused",
    ),
    "a stop while she thinks is no command": (
        [WHILE_SHE_THINKS, WORD, SHE_ENDS, PAUSE, STOP],
        "Began TookFloor SoftEnded Paused",
    ),
    "her own voice come back late is no turn": ([WORD, PAUSE, ECHO], "Began SoftEnded Paused Dismissed(her own voice)"),
    "nothing understood in her silence is a turn, for what it is worth": (
        [WORD, PAUSE, COUGH, silence(1.0)],
        "Began SoftEnded Paused Ended(unclear)",
    ),
    "who only calls her is waited for": ([WORD, PAUSE, CALL, FINISHED, silence(0.6)], "Began SoftEnded Paused"),
    "and answered in the end": (
        [WORD, PAUSE, CALL, LONGEST],
        "Began SoftEnded Paused Ended(no end)",
    ),
    # --- with the talk key down
    "the key is down: no silence ends the turn": (
        [Key(True), WORD, PAUSE, WHOLE, FINISHED, LONGEST, WORD],
        "Began SoftEnded Paused Resumed",
    ),
    "the key is down: her own voice is not taken for the only thing said": (
        [Key(True), WORD, PAUSE, ECHO, LONGEST],
        "Began SoftEnded Paused",
    ),
    "the key is down: whatever is said over her is meant": (
        [OVER_HER, Key(True), WORD, PAUSE, MM_HM, LONGEST],
        "Began GaveWay SoftEnded Paused TookFloor",
    ),
    "the key is down: a command is kept open for more": (
        [OVER_HER, Key(True), WORD, PAUSE, STOP, LONGEST],
        "Began GaveWay SoftEnded Paused TookFloor",
    ),
    "the key goes up: the silence counts": (
        [Key(True), WORD, PAUSE, WHOLE, FINISHED, LONGEST, Key(False), "."],
        "Began SoftEnded Paused Ended(a clear end)",
    ),
    "the key goes up: no more comes": ([Key(True), WORD, Key(False), Finish()], "Began Ended(end of audio)"),
    # --- over her voice, step by step
    "unproven: a cough": ([OVER_HER, "####", PAUSE], "Began Dismissed(too short to be speech)"),
    "unproven: two coughs count together": ([OVER_HER, "###", ".", "##"], "Began GaveWay"),
    "unproven: no soft end for what is no word yet": ([OVER_HER, "####", SOFT_END], "Began"),
    "unproven: no more comes": ([OVER_HER, "####", Finish()], "Began Dismissed(too short to be speech)"),
    "given way": ([OVER_HER, WORD], "Began GaveWay"),
    "given way: a pause is told": ([OVER_HER, WORD, PAUSE], "Began GaveWay SoftEnded Paused"),
    "given way: long speech takes the floor": ([OVER_HER, LONG], "Began GaveWay TookFloor"),
    "given way: speech counts, pauses do not": (
        [OVER_HER, WORD, PAUSE, WORD, PAUSE, WORD],
        "Began GaveWay SoftEnded Paused Resumed SoftEnded Paused Resumed",
    ),
    "given way: and adds up over pauses": (
        [OVER_HER, WORD, PAUSE, WORD, PAUSE, WORD, "#"],
        "Began GaveWay SoftEnded Paused Resumed SoftEnded Paused Resumed TookFloor",
    ),
    "given way: a back-channel is taken back": (
        [OVER_HER, WORD, PAUSE, MM_HM],
        "Began GaveWay SoftEnded Paused Dismissed(back-channel)",
    ),
    "given way: so is a cough": (
        [OVER_HER, WORD, PAUSE, COUGH],
        "Began GaveWay SoftEnded Paused Dismissed(no words in it)",
    ),
    "given way: so is her own voice": (
        [OVER_HER, WORD, PAUSE, ECHO],
        "Began GaveWay SoftEnded Paused Dismissed(her own voice)",
    ),
    "given way: words that are meant": (
        [OVER_HER, WORD, SOFT_END, OPEN],
        "Began GaveWay SoftEnded TookFloor",
    ),
    "given way: words that are meant and whole, long after": (
        [OVER_HER, WORD, silence(0.6), FINISHED, WHOLE],
        "Began GaveWay SoftEnded Paused TookFloor Ended(a clear end)",
    ),
    "given way: a command ends the turn at once": (
        [OVER_HER, WORD, SOFT_END, STOP],
        "Began GaveWay SoftEnded TookFloor Ended(command)",
    ),
    "given way: the sound alone proves nothing": (
        [OVER_HER, WORD, PAUSE, FINISHED, silence(1.5)],
        "Began GaveWay SoftEnded Paused",
    ),
    "given way: what nobody could name was meant": (
        [OVER_HER, WORD, LONGEST],
        "Began GaveWay SoftEnded Paused TookFloor Ended(silence)",
    ),
    "given way: no more comes": ([OVER_HER, WORD, Finish()], "Began GaveWay TookFloor Ended(end of audio)"),
    "given way: words of a pause before are void": (
        [OVER_HER, WORD, PAUSE, WORD, PAUSE, Said(Words.BACK_CHANNEL, "Mm-hmm.", ago=1)],
        "Began GaveWay SoftEnded Paused Resumed SoftEnded Paused",
    ),
    "taken: a back-channel is a turn": (
        [OVER_HER, LONG, SHE_ENDS, PAUSE, MM_HM],
        "Began GaveWay TookFloor SoftEnded Paused",
    ),
    "taken: her own voice is no turn": (
        [OVER_HER, LONG, SHE_ENDS, PAUSE, ECHO],
        "Began GaveWay TookFloor SoftEnded Paused Dismissed(her own voice)",
    ),
    "taken: a command is one still": (
        [OVER_HER, LONG, SHE_ENDS, PAUSE, STOP],
        "Began GaveWay TookFloor SoftEnded Paused Ended(command)",
    ),
    "taken: the floor is taken once": ([OVER_HER, LONG, LONG], "Began GaveWay TookFloor"),
    # --- she comes to her end while the claim is open
    "ended by herself, unproven: a cough is still one": (
        [OVER_HER, "####", SHE_ENDS, PAUSE],
        "Began Dismissed(too short to be speech)",
    ),
    "ended by herself, unproven: a word is a turn": (
        [OVER_HER, "####", SHE_ENDS, "#", PAUSE],
        "Began SoftEnded Paused",
    ),
    "ended by herself, given way: nothing is left to take": (
        [OVER_HER, WORD, SHE_ENDS, LONG, PAUSE],
        "Began GaveWay SoftEnded Paused",
    ),
    "ended by herself, given way: no more comes": (
        [OVER_HER, WORD, SHE_ENDS, ".", Finish()],
        "Began GaveWay Ended(end of audio)",
    ),
    "ended by herself in the pause: it was a turn": (
        [OVER_HER, WORD, SOFT_END, SHE_ENDS, ".", WHOLE, silence(0.4)],
        "Began GaveWay SoftEnded Paused Ended(likely the end)",
    ),
    # --- what follows
    "a dismissed back-channel leaves a floor to be taken anew": (
        [OVER_HER, WORD, PAUSE, MM_HM, WORD, PAUSE, STOP],
        "Began GaveWay SoftEnded Paused Dismissed(back-channel) "
        "Began GaveWay SoftEnded Paused TookFloor Ended(command)",
    ),
    # --- a sudden sound over her voice
    "unproven: what is certainly speech need not be long": ([OVER_HER, "SSS"], "Began GaveWay"),
    "unproven: two certain frames in a row": ([OVER_HER, "S#S#"], "Began"),
    # --- unclear words
    "unclear: short as a hum": ([OVER_HER, WORD, PAUSE, HUM], "Began GaveWay SoftEnded Paused Dismissed(a murmur)"),
    "unclear: as long as a hum may be": (
        [OVER_HER, "#" * 21, PAUSE, HUM],
        "Began GaveWay SoftEnded Paused Dismissed(a murmur)",
    ),
    "unclear: too long for a hum": (
        [OVER_HER, "#" * 22, PAUSE, HUM],
        "Began GaveWay SoftEnded Paused TookFloor",
    ),
    "unclear: she is silent": ([WORD, PAUSE, HUM], "Began SoftEnded Paused"),
    "unclear: the key is down": (
        [OVER_HER, Key(True), WORD, PAUSE, HUM],
        "Began GaveWay SoftEnded Paused TookFloor",
    ),
    "startled: no speech follows": ([OVER_HER, "!......"], "Startled"),
    "startled: and calm again": ([OVER_HER, "!......."], "Startled Calmed"),
    "startled: one frame of speech is enough": ([OVER_HER, "!..#"], "Startled Began"),
    "startled: one that was no speech is too short": (
        [OVER_HER, "!#", PAUSE],
        "Startled Began Dismissed(too short to be speech)",
    ),
    "startled: speech counts from the sound": ([OVER_HER, "!...##"], "Startled Began GaveWay"),
    "startled: silence proves nothing": ([OVER_HER, "!...#......"], "Startled Began"),
    "startled: speech that is late is speech all the same": (
        [OVER_HER, "!.......", WORD],
        "Startled Calmed Began GaveWay",
    ),
    "startled: once at a time": ([OVER_HER, "!.!.!....."], "Startled Calmed"),
    "startled: again later": ([OVER_HER, "!.......!"], "Startled Calmed Startled"),
    "startled: who speaks startles nobody": ([OVER_HER, WORD, "!"], "Began GaveWay"),
    "startled: she has come to her end": ([OVER_HER, "!.", SHE_ENDS, "##"], "Startled Calmed Began"),
    "her next silence finds no open claim": (
        [OVER_HER, "##", PAUSE, SHE_ENDS, WORD, PAUSE],
        "Began Dismissed(too short to be speech) Began SoftEnded Paused",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_decision_table(name: str) -> None:
    script, expected = TABLE[name]
    play = Play()
    play(*script)
    assert names(play.decisions) == expected


@pytest.mark.parametrize("name", TABLE)
def test_whatever_begins_comes_to_one_end(name: str) -> None:
    """No onset without an end or a dismissal, and nothing decided between two turns."""
    play = Play()
    play(*TABLE[name][0], SHE_ENDS, Key(False), LONGEST, ".")
    open_turns = 0
    for decision in play.decisions:
        if isinstance(decision, (Startled, Calmed)):
            assert open_turns == 0
            continue
        open_turns += isinstance(decision, Began) - isinstance(decision, (Ended, Dismissed))
        assert open_turns == (0 if isinstance(decision, (Ended, Dismissed)) else 1)
    assert open_turns == 0
    assert not play.turns.user_has_floor
