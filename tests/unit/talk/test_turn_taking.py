"""The floor, frame by frame. Frames last 32 ms, as Silero's do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from companion.talk.end_of_turn import PatienceRules
from companion.talk.interjections import Words
from companion.talk.turn_taking import (
    COMMAND,
    TOO_SHORT,
    Began,
    Calmed,
    Decision,
    Dismissed,
    Ended,
    GaveWay,
    Her,
    Paused,
    Resumed,
    Rules,
    SoftEnded,
    Startled,
    TookFloor,
    TurnTaking,
)

FRAME_S = 0.032
LEVELS = {"S": 0.9, "#": 0.7, "~": 0.4, ".": 0.05}

PATIENCE = PatienceRules(
    clear_wait_s=0.28,
    likely_wait_s=0.4,
    unclear_wait_s=1.2,
    max_wait_s=2.5,
    slow_pace_s=9.0,
    complete_probability=0.7,
    going_on_probability=0.1,
)
RULES = Rules(
    speech_threshold=0.5,
    soft_end_s=0.096,
    pause_s=0.2,
    max_turn_s=60.0,
    barge_in_s=0.16,
    take_floor_s=0.8,
    patience=PATIENCE,
)

CLICK = "#"
WORD = "#" * 8
LONG = "#" * 26
SOFT_END = "." * 3
PAUSE = "." * 7


@dataclass(frozen=True)
class Said:
    """The transcript of the present pause, or of one `ago`, is there."""

    words: Words
    text: str
    ago: int = 0


@dataclass(frozen=True)
class Sounds:
    """The turn detector's verdict on the present pause, or on one `ago`."""

    completeness: float
    ago: int = 0


@dataclass(frozen=True)
class Finish:
    """No more will come."""


@dataclass(frozen=True)
class Key:
    """The talk key goes down, or up."""

    down: bool


Step: TypeAlias = str | Her | Said | Sounds | Key | Finish

MM_HM = Said(Words.BACK_CHANNEL, "Mm-hmm.")
HUM = Said(Words.UNCLEAR, "I'm home.")
COUGH = Said(Words.NONE, "")
ECHO = Said(Words.ECHO, "As I was saying.")
STOP = Said(Words.COMMAND, "Stop.")
CALL = Said(Words.CALL, "Hey Samantha.")
WHOLE = Said(Words.TURN, "What is the time?")
OPEN = Said(Words.TURN, "I went to the")
FINISHED = Sounds(0.95)
GOES_ON = Sounds(0.02)
OVER_HER = Her.SPEAKING
WHILE_SHE_THINKS = Her.THINKING
SHE_ENDS = Her.SILENT


class Play:
    """Turn-taking under a script: a string is frames and sudden sounds ("!"), which begin with the next frame.

    Frames are speech for certain ("S"), speech ("#"), between the two thresholds ("~") or silence (".").
    """

    def __init__(self, rules: Rules = RULES) -> None:
        self.turns = TurnTaking(rules)
        self.decisions: list[Decision] = []
        self._her = Her.SILENT
        self._pause = 0

    def __call__(self, *script: Step) -> list[Decision]:
        """What the steps of `script` lead to; a pause's number is known from its SoftEnded."""
        decided: list[Decision] = []
        for step in script:
            decided += self._do(step)
        self.decisions += decided
        return decided

    def _do(self, step: Step) -> list[Decision]:
        match step:
            case Her():
                self._her = step
                return []
            case Said(words, text, ago):
                return self.turns.understand(words, text, self._pause - ago)
            case Sounds(completeness, ago):
                return self.turns.judge(completeness, self._pause - ago)
            case Key(down):
                self.turns.held = down
                return []
            case Finish():
                return self.turns.finish()
        decided: list[Decision] = []
        for frame in step:
            if frame == "!":
                decided += self.turns.startle(self.turns.now_s)
            else:
                decided += self.turns.hear(LEVELS[frame], FRAME_S, self._her)
            self._pause = next((d.number for d in decided if isinstance(d, SoftEnded)), self._pause)
        return decided


def names(decisions: Sequence[Decision]) -> str:
    """The decisions in order, an end or dismissal with the first words of its reason."""
    told = []
    for decision in decisions:
        name = type(decision).__name__
        if isinstance(decision, (Ended, Dismissed)):
            name += f"({decision.why.partition(':')[0]})"
        told.append(name)
    return " ".join(told)


def silence(seconds: float) -> str:
    """Frames that last `seconds`, rounded up."""
    return "." * round(seconds / FRAME_S + 0.5)


LONGEST = silence(2.5)

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
    "unclear: too long for a hum": (
        [OVER_HER, "#" * 19, PAUSE, HUM],
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


def test_speech_that_follows_a_sudden_sound_began_with_it() -> None:
    (_, began) = Play()(OVER_HER, "..!.#")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(2 * FRAME_S)


def test_what_began_before_the_sudden_sound_keeps_its_onset() -> None:
    (_, began) = Play()(OVER_HER, "..#!#")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(2 * FRAME_S)


def test_who_does_not_listen_is_not_startled() -> None:
    play = Play()
    play(OVER_HER, "!")
    play.turns.pass_time(0.02)
    assert names(play("." * 10)) == ""


def test_began_tells_when_speech_started_and_whether_over_her() -> None:
    for her in Her:
        (began,) = Play()(her, "...##")
        assert isinstance(began, Began)
        assert began.onset_s == pytest.approx(3 * FRAME_S)
        assert began.over_her is (her is Her.SPEAKING)


def test_ends_and_pauses_are_stamped_with_the_end_of_speech() -> None:
    play = Play()
    began, soft, paused, ended = play("..", WORD, silence(1.2))
    assert isinstance(began, Began) and isinstance(paused, Paused) and isinstance(ended, Ended)
    assert soft == SoftEnded(1)
    assert paused.number == 1
    assert paused.since_s == ended.speech_end_s == pytest.approx(10 * FRAME_S)
    assert ended.silence_s == pytest.approx(1.2, abs=FRAME_S)


def test_a_click_in_a_pause_moves_the_end_of_speech() -> None:
    play = Play()
    play(WORD, PAUSE, CLICK, silence(1.2))
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.speech_end_s == pytest.approx(16 * FRAME_S)


@pytest.mark.parametrize(
    ("steps", "silence_s"),
    [
        ([FINISHED, WHOLE], 0.28),
        ([WHOLE], 0.4),
        ([], 1.2),
        ([OPEN], 2.5),
        ([OPEN, GOES_ON], 2.5),
        ([OPEN, GOES_ON, FINISHED, WHOLE], 0.28),
    ],
)
def test_the_wait_is_as_long_as_the_evidence_asks_for_and_the_last_word_counts(
    steps: list[Step], silence_s: float
) -> None:
    play = Play()
    play(WORD, SOFT_END, *steps, LONGEST)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.silence_s == pytest.approx(silence_s, abs=FRAME_S)


@pytest.mark.parametrize(
    ("script", "speaking", "floor", "must_prove", "paused"),
    [
        ([], False, False, False, False),
        ([WORD], True, True, False, False),
        ([WORD, SOFT_END], False, True, False, True),
        ([WORD, SOFT_END, WORD], True, True, False, False),
        ([WORD, SOFT_END, Finish()], False, False, False, False),
        ([OVER_HER, "##"], True, True, True, False),
        ([WHILE_SHE_THINKS, "##"], True, True, True, False),
        ([OVER_HER, WORD], True, True, True, False),
        ([OVER_HER, WORD, SOFT_END], False, True, True, True),
        ([OVER_HER, WORD, SOFT_END, WHOLE], False, True, False, True),
        ([OVER_HER, WORD, SOFT_END, MM_HM], False, False, False, False),
        ([OVER_HER, "##", PAUSE], False, False, False, False),
        ([OVER_HER, WORD, SHE_ENDS, "#"], True, True, False, False),
    ],
)
def test_what_it_says_of_the_floor(
    script: list[Step], speaking: bool, floor: bool, must_prove: bool, paused: bool
) -> None:
    play = Play()
    play(*script)
    turns = play.turns
    assert (turns.user_is_speaking, turns.user_has_floor, turns.must_prove) == (speaking, floor, must_prove)
    assert turns.is_paused(1) is paused
    assert not turns.is_paused(2)


def test_a_turn_that_never_ends_is_taken_as_it_is() -> None:
    play = Play(Rules(max_turn_s=5.0, patience=PATIENCE))
    assert names(play("#" * 157)) == "Began Ended(too long)"
    assert names(play("###")) == "Began", "and what follows is the next turn"


def test_a_turn_that_never_ends_over_her_takes_the_floor_first() -> None:
    play = Play(Rules(max_turn_s=0.64, take_floor_s=9.0, patience=PATIENCE))
    assert names(play(OVER_HER, "#" * 20)) == "Began GaveWay TookFloor Ended(too long)"


def test_a_long_turn_may_end_only_where_speech_is() -> None:
    """A pause that stretches over the limit is judged as a pause; the limit strikes when speech goes on."""
    play = Play(Rules(max_turn_s=0.64, patience=PATIENCE))
    assert names(play(WORD, silence(1.0))) == "Began SoftEnded Paused"
    assert names(play("###")) == "Resumed Ended(too long)"


def test_who_pauses_long_is_waited_for_longer_the_next_time() -> None:
    def silence_of_last_turn(pauses: int) -> float:
        play = Play()
        for _ in range(pauses):
            play(WORD, OPEN, PAUSE, OPEN, silence(1.8))
        play(WORD, LONGEST)
        ended = play.decisions[-1]
        assert isinstance(ended, Ended)
        return ended.silence_s

    assert silence_of_last_turn(0) == pytest.approx(1.2, abs=FRAME_S)
    assert silence_of_last_turn(4) > 1.5


def test_time_passes_while_nothing_is_listened_to() -> None:
    play = Play()
    play.turns.pass_time(10.0)
    (began,) = play("##")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(10.0)
    assert play.turns.now_s == pytest.approx(10.0 + 2 * FRAME_S)


def test_why_a_command_ended_is_known_by_name() -> None:
    play = Play()
    play(OVER_HER, WORD, SOFT_END, STOP)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.why == COMMAND
    assert Play()("##", PAUSE)[-1] is TOO_SHORT


def test_steps_over_her_voice_come_as_soon_as_their_limits_are_reached() -> None:
    play = Play()
    at_s: dict[type[Decision], float] = {}
    play(OVER_HER)
    for _ in range(30):
        at_s |= {type(decision): play.turns.now_s for decision in play("#")}
    assert at_s == {
        Began: pytest.approx(0.064),
        GaveWay: pytest.approx(0.16),
        TookFloor: pytest.approx(0.8),
    }


def test_soft_speech_over_the_pause_resumes_it() -> None:
    assert names(Play()(WORD, PAUSE, "#~")) == "Began SoftEnded Paused Resumed"
    assert Play()(WORD, PAUSE, "~~~") == Play()(WORD, PAUSE)
    assert isinstance(Play()(WORD, PAUSE, "##")[-1], Resumed)


QUICK = Rules(
    soft_end_s=0.096, pause_s=0.2, patience=PatienceRules(unclear_wait_s=0.3, max_wait_s=2.5, slow_pace_s=9.0)
)
"""Rules under which an unclear end is waited for as long as the user's pace asks, and no longer."""


def wait_after(*script: Step) -> float:
    play = Play(QUICK)
    play(*script)
    play(WORD, LONGEST)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    return ended.silence_s


def test_gaps_too_short_to_be_told_as_pauses_teach_nothing_of_the_users_pace() -> None:
    assert wait_after(LONG * 3, SOFT_END, LONG * 3, LONGEST) == wait_after(LONG * 3, LONG * 3, LONGEST)


def test_who_never_pauses_is_answered_sooner_and_sooner() -> None:
    assert wait_after(*[WORD, LONGEST] * 8) < wait_after() - FRAME_S
