"""Ways to talk, whole conversations: keys held and tapped, her name, sleep, do not disturb."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from companion.backends.wav_files import SilentSpeaker
from companion.core import events as ev
from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import EngineInfo, Transcript
from companion.core.intents import DoNotDisturb, HoldToTalk, Mute, ReleaseToTalk, Say, Sleep, Tap, Unmute
from companion.talk.attention import NOT_ADDRESSED, Habits
from tests.dialogues.stage import perform, said
from tests.fakes.engines import EvenSynthesizer, FixedDetector, ScriptedTranscriber, SilenceUntil
from tests.fakes.scripted_mind import ScriptedMind, bare

LONG_REPLY = "One two three four five six seven eight nine ten."
SPOKEN_ON = "He said one two three four five six seven eight nine ten eleven twelve thirteen fourteen."


class FiresAt:
    """A wake word that is heard at its time."""

    phrase = "Okay Nabu"

    def __init__(self, at_s: float) -> None:
        self._left_s = at_s
        self.resets = 0

    def info(self) -> EngineInfo:
        return EngineInfo("wake word", "fixed", self.phrase)

    def heard(self, samples: Samples) -> bool:
        before_s = self._left_s
        self._left_s -= len(samples) / HEARING_RATE_HZ
        return before_s > 0 >= self._left_s

    def reset(self) -> None:
        self.resets += 1


class EvenSpeaker(SilentSpeaker):
    """Keeps what it is given, and when."""

    def __init__(self) -> None:
        super().__init__(EvenSynthesizer.rate_hz)
        self.played: list[Samples] = []
        self.played_at_s: list[float] = []
        self._now_s = 0.0

    def play(self, samples: Samples) -> None:
        self.played.append(samples)
        self.played_at_s.append(self._now_s)
        super().play(samples)

    def tick(self, duration_s: float) -> None:
        self._now_s += duration_s
        super().tick(duration_s)


# --- push-to-talk


async def test_a_held_key_is_one_turn_whatever_its_pauses() -> None:
    done = await perform(
        [-1.0, 1.0, -2.0, 1.0, -4.0],
        ["I was", "I was thinking."],
        ["begun at the pause, and dropped", "Were you."],
        detector=FixedDetector(1.0),
        habits=Habits("push-to-talk"),
        intents=[(0.8, HoldToTalk()), (5.2, ReleaseToTalk())],
    )
    (ended,) = done.of(ev.TurnEnded)
    assert ended.why == "key released"
    assert ended.at_s == pytest.approx(5.3, abs=0.05)
    assert said(done.turns) == [("user", "I was thinking."), ("companion", "Were you.")]
    states = [event.state for event in done.of(ev.StateChanged)]
    assert states == ["waiting", "listening", "hearing", "thinking", "speaking", "waiting"]


async def test_an_answer_begun_while_the_key_is_held_is_given_when_it_is_released() -> None:
    mind = ScriptedMind(["Were you."])
    done = await perform(
        [-1.0, 1.0, -4.0],
        ["I was thinking."],
        [],
        mind=mind,
        habits=Habits("push-to-talk"),
        intents=[(0.8, HoldToTalk()), (3.0, ReleaseToTalk())],
    )
    assert len(mind.prompts) == 1
    (ended,), (started,) = done.of(ev.TurnEnded), done.of(ev.ReplyStarted)
    assert started.at_s == pytest.approx(ended.at_s, abs=0.05)
    assert said(done.turns) == [("user", "I was thinking."), ("companion", "Were you.")]


async def test_a_key_released_in_mid_word_ends_the_turn_at_once() -> None:
    done = await perform(
        [-1.0, 5.0, -4.0], ["Go."], ["Gone."], habits=Habits("push-to-talk"),
        intents=[(0.8, HoldToTalk()), (3.0, ReleaseToTalk())],
    )  # fmt: skip
    (ended,) = done.of(ev.TurnEnded)
    assert ended.why == "key released"
    assert ended.at_s == pytest.approx(3.1, abs=0.05)
    assert done.transcriber.heard_s == [pytest.approx(2.1, abs=0.5)]
    assert done.names()[-1] == "ReplyFinished", "what was said on, without the key, is nobody's"


async def test_without_the_key_nothing_is_heard() -> None:
    done = await perform([-1.0, 2.0, -4.0], [], [], habits=Habits("push-to-talk"))
    assert done.names() == []
    assert done.transcriber.heard_s == []
    assert done.of(ev.LevelMeasured) == []


async def test_a_key_pressed_over_her_voice_stops_her_at_once() -> None:
    done = await perform(
        [-1.0, 1.0, -2.0, 1.0, -4.0],
        ["Count.", "Stop."],
        [LONG_REPLY, "Fine."],
        habits=Habits("push-to-talk"),
        intents=[(0.8, HoldToTalk()), (2.1, ReleaseToTalk()), (3.5, HoldToTalk()), (5.2, ReleaseToTalk())],
    )
    (cut,) = done.of(ev.ReplyInterrupted)
    assert cut.at_s == pytest.approx(3.5, abs=0.05)
    assert [text for who, text in said(done.turns) if who == "user"] == ["Count.", "Stop."]


async def test_a_held_key_keeps_even_a_stop_open_for_more() -> None:
    done = await perform(
        [1.0, -1.3, 0.8, -1.5, 1.0, -3.0],
        ["Count.", "Stop.", "Stop. What time is it?"],
        [LONG_REPLY, "begun at the pause, and dropped", "Ten."],
        intents=[(2.5, HoldToTalk()), (6.0, ReleaseToTalk())],
    )
    assert done.of(ev.TurnEnded)[-1].why == "key released"
    assert said(done.turns)[-2:] == [("user", "Stop. What time is it?"), ("companion", "Ten.")]


# --- tap-to-talk


async def test_a_tap_is_for_one_turn() -> None:
    done = await perform(
        [-1.0, 1.0, -3.0, 2.0, -3.0], ["Hello."], ["Hi."], habits=Habits("tap-to-talk"), intents=[(0.5, Tap())]
    )
    assert said(done.turns) == [("user", "Hello."), ("companion", "Hi.")]
    assert len(done.of(ev.SpeechStarted)) == 1


async def test_a_second_tap_ends_the_turn() -> None:
    done = await perform(
        [-1.0, 5.0, -3.0], ["Hello."], ["Hi."], habits=Habits("tap-to-talk"), intents=[(0.5, Tap()), (2.0, Tap())]
    )
    (ended,) = done.of(ev.TurnEnded)
    assert ended.why == "key tapped"
    assert ended.at_s == pytest.approx(2.0, abs=0.05)
    assert said(done.turns) == [("user", "Hello."), ("companion", "Hi.")]


# --- by name


async def test_only_a_call_is_answered_and_what_follows_it() -> None:
    done = await perform(
        [-1.0, 1.0, -2.0, 1.0, -4.0, 1.0, -12.0, 1.0, -3.0],
        ["It is late.", "Ada, what time is it?", "And in Rome?", "Did you hear?"],
        ["Ten.", "Ten too."],
        habits=Habits("by-name", follow_up_s=8.0),
    )
    assert said(done.turns) == [
        ("user", "What time is it?"), ("companion", "Ten."), ("user", "And in Rome?"), ("companion", "Ten too."),
    ]  # fmt: skip
    assert [event.why for event in done.of(ev.SoundIgnored)] == [NOT_ADDRESSED, NOT_ADDRESSED]
    assert [event.text for event in done.of(ev.UserSpoke)] == ["Ada, what time is it?", "And in Rome?"]


async def test_over_her_voice_no_name_is_needed() -> None:
    done = await perform(
        [1.0, -1.3, 1.0, -3.0], ["Ada, count.", "And in Rome?"], [LONG_REPLY, "Fine."], habits=Habits("by-name")
    )
    assert len(done.of(ev.ReplyInterrupted)) == 1
    assert said(done.turns)[-1] == ("companion", "Fine.")


async def test_her_name_beside_a_command_does_not_make_it_a_question() -> None:
    done = await perform([1.0, -1.3, 0.5, -4.0], ["Count.", "Ada, stop."], [LONG_REPLY])
    assert done.of(ev.TurnEnded)[-1].why == "command"
    assert said(done.turns)[-1] == ("user", "Stop.")


async def test_what_is_not_for_her_is_neither_shown_nor_thought_about() -> None:
    mind = ScriptedMind([])
    done = await perform([-1.0, 4.0, -4.0], [SPOKEN_ON], [], mind=mind, habits=Habits("by-name"))
    assert (mind.anticipated, mind.prompts) == ([], [])
    assert done.of(ev.WordsRecognized) == []
    assert [event.why for event in done.of(ev.SoundIgnored)] == [NOT_ADDRESSED]
    assert done.turns == ()


async def test_a_call_is_thought_about_as_it_will_be_remembered() -> None:
    mind = ScriptedMind(["Ten."])
    done = await perform(
        [-1.0, 4.0, -4.0],
        ["Ada, tell me what time it is in the city of Rome just now"],
        [],
        mind=mind,
        habits=Habits("by-name"),
    )
    (asked, _) = said(done.turns)
    assert asked == ("user", "Tell me what time it is in the city of Rome just now")
    assert [bare(messages[-1]) for messages in mind.prompts] == [asked[1]], "begun at the pause, and kept"
    ahead = [bare(messages[-1]) for messages in mind.anticipated]
    assert ahead
    assert all(asked[1].startswith(part) for part in ahead)


async def test_who_only_calls_her_is_waited_for() -> None:
    done = await perform(
        [-1.0, 0.8, -1.0, 1.0, -4.0],
        ["Hey Ada.", "Hey Ada. What time is it?"],
        ["Ten."],
        habits=Habits("by-name"),
    )
    assert said(done.turns) == [("user", "What time is it?"), ("companion", "Ten.")], "nothing was begun at the pause"


async def test_a_call_alone_is_answered_in_the_end() -> None:
    done = await perform([-1.0, 0.8, -5.0], ["Hey Ada."], ["Yes?"], habits=Habits("by-name"))
    assert said(done.turns) == [("user", "Hey Ada."), ("companion", "Yes?")]


async def test_a_wake_word_does_for_the_name() -> None:
    done = await perform(
        [-1.0, 2.0, -3.0],
        ["Okay, Nabu, what time is it?"],
        ["Ten."],
        habits=Habits("by-name"),
        wake_word=FiresAt(1.6),
        intents=[(0.5, Sleep())],
    )
    assert [event.why for event in done.of(ev.WokeUp)] == ["wake word"]
    assert said(done.turns) == [("user", "What time is it?"), ("companion", "Ten.")]


async def test_a_wake_word_is_not_put_together_from_before_and_after_a_mute() -> None:
    wake_word = FiresAt(9.0)
    await perform([-3.0], [], [], wake_word=wake_word, intents=[(1.0, Mute()), (2.0, Unmute())])
    assert wake_word.resets == 1


async def test_talk_among_others_is_not_shown_as_heard() -> None:
    done = await perform([-1.0, 1.0, -3.0], ["It is late."], [], habits=Habits("by-name"))
    assert [event.state for event in done.of(ev.StateChanged)] == ["waiting"]


# --- sleep


async def test_she_falls_asleep_and_wakes_to_her_name() -> None:
    done = await perform(
        [-6.0, 1.0, -3.0, 1.0, -4.0],
        ["It is late.", "Hey Ada, are you there?"],
        ["Yes."],
        habits=Habits(sleep_after_s=5.0),
    )
    (slept,) = done.of(ev.FellAsleep)
    assert slept.at_s == pytest.approx(5.0, abs=0.05)
    (woke,) = done.of(ev.WokeUp)
    assert woke.why == "name"
    assert said(done.turns) == [("user", "Are you there?"), ("companion", "Yes.")]
    states = [event.state for event in done.of(ev.StateChanged)]
    assert states == ["listening", "asleep", "speaking", "listening"], "the answer was begun at the pause"


async def test_asleep_with_the_microphone_off_she_hears_no_name_but_wakes_to_a_line() -> None:
    done = await perform(
        [-2.0, 1.0, -3.0, 1.0, -3.0],
        ["How are you?"],
        ["Awake.", "Well."],
        habits=Habits(asleep_microphone="off"),
        intents=[(1.0, Sleep()), (4.0, Say("Wake up."))],
    )
    assert [event.why for event in done.of(ev.WokeUp)] == ["typed line"]
    assert [text for who, text in said(done.turns) if who == "user"] == ["Wake up.", "How are you?"]
    assert len(done.of(ev.SpeechStarted)) == 1


async def test_sleep_stops_her() -> None:
    done = await perform([1.0, -5.0], ["Count."], [LONG_REPLY], intents=[(2.3, Sleep())])
    names = done.names("ClauseStarted")
    assert names[-2:] == ["ReplyInterrupted", "FellAsleep"]


async def test_soft_sounds_are_played() -> None:
    speaker = EvenSpeaker()
    chimes = {name: np.full(800, level, np.float32) for name, level in (("asleep", 0.01), ("awake", 0.02))}
    await perform(
        [-6.0], [], [], speaker=speaker, habits=Habits(), chimes=chimes, intents=[(1.0, Sleep()), (3.0, Tap())]
    )
    assert [round(float(samples[0]), 2) for samples in speaker.played] == [0.01, 0.02]


# --- do not disturb


async def test_do_not_disturb_is_silent_until_its_time() -> None:
    speaker = EvenSpeaker()
    done = await perform(
        [1.0, -2.0, 1.0, -60.0, 1.0, -4.0],
        ["Count.", "How are you?"],
        [LONG_REPLY, "Written.", "Well."],
        speaker=speaker,
        intents=[(2.3, DoNotDisturb(1.0)), (6.0, Say("Shh."))],
    )
    (began,), (over,) = done.of(ev.QuietBegan), done.of(ev.QuietEnded)
    assert over.at_s == pytest.approx(began.until_s, abs=0.05)
    assert len(done.of(ev.ReplyInterrupted)) == 1
    assert [text for who, text in said(done.turns) if who == "user"] == ["Count.", "Shh.", "How are you?"]
    assert ("companion", "Written.") in said(done.turns)
    assert not [at_s for at_s in speaker.played_at_s if began.at_s < at_s < over.at_s], "not a sound"


# --- mute


async def test_words_that_are_understood_only_after_a_mute_are_not_shown() -> None:
    muted = threading.Event()

    class Slow(ScriptedTranscriber):
        def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
            muted.wait(10)
            return super().transcribe(speech, glance)

    def watch(event: ev.Event) -> None:
        if isinstance(event, ev.StateChanged) and event.state == "muted":
            muted.set()

    done = await perform(
        [2.0, SilenceUntil("SpeechStarted")], Slow(SPOKEN_ON), [], intents=[(2.0, Mute())], on_event=watch
    )
    assert muted.is_set()
    assert done.of(ev.WordsRecognized) == []


async def test_mute_wins_over_the_keys() -> None:
    done = await perform(
        [-2.0, 1.0, -3.0, 1.0, -3.0],
        ["Now."],
        ["Yes."],
        habits=Habits("tap-to-talk"),
        intents=[(0.5, Mute()), (1.0, Tap()), (4.0, Unmute()), (5.0, Tap())],
    )
    assert said(done.turns) == [("user", "Now."), ("companion", "Yes.")]
