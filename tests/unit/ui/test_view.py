"""What the window shows, event by event."""

from __future__ import annotations

import pytest

from companion.core import events as ev
from companion.core.events import Event, Latency, State
from companion.core.transcript import Turn
from companion.ui.mood import Mood
from companion.ui.view import Caption, Notice, View


def view_of(*events: tuple[float, Event]) -> View:
    view = View("Samantha")
    for now_s, event in events:
        view.take(event, now_s)
    return view


def clause(text: str, ends_s: tuple[float, ...] = (), duration_s: float = 2.0) -> Event:
    return ev.ClauseStarted(0.0, text, duration_s, ends_s)


@pytest.mark.parametrize(
    ("state", "mood"),
    [
        ("starting", "asleep"),
        ("listening", "listening"),
        ("hearing", "listening"),
        ("thinking", "thinking"),
        ("speaking", "speaking"),
        ("muted", "muted"),
        ("quiet", "muted"),
        ("deaf", "trouble"),
    ],
)
def test_a_state_has_a_mood(state: State, mood: Mood) -> None:
    assert view_of((0, ev.StateChanged(0, state))).mood == mood


def test_her_words_come_in_step_with_her_voice() -> None:
    view = view_of((10.0, clause("one two three", (0.5, 1.0, 1.5))))
    assert view.caption(10.0) == Caption("", "one two three")
    assert view.caption(10.6) == Caption("one", "two three")
    assert view.caption(12.0) == Caption("one two three", "")


def test_without_word_times_letters_take_equally_long() -> None:
    view = view_of((0.0, clause("aaa bbb", duration_s=2.0)))
    assert view.caption(0.99) == Caption("", "aaa bbb")
    assert view.caption(1.01) == Caption("aaa", "bbb")


def test_an_earlier_clause_is_whole() -> None:
    view = view_of((0.0, clause("So,", (0.4,))), (0.5, clause("what now?", (0.3, 0.6))))
    assert view.caption(0.6) == Caption("So,", "what now?")
    assert view.caption(0.85) == Caption("So, what", "now?")


def test_while_her_voice_is_held_the_caption_waits_and_then_goes_on() -> None:
    view = view_of((0.0, clause("one two three", (0.5, 1.0, 1.5))), (0.6, ev.VoiceHeld(0)))
    assert view.caption(5.0) == Caption("one", "two three")
    view.take(ev.VoiceRaised(0), 2.6)
    assert view.caption(2.9) == Caption("one", "two three")
    assert view.caption(3.1) == Caption("one two", "three")


def test_an_interrupted_reply_is_kept_to_the_word_and_the_rest_is_struck() -> None:
    view = view_of((0.0, clause("one two three")), (1.0, ev.ReplyInterrupted(1.0, "one two", "three four")))
    assert view.caption(9.0) == Caption("one two", struck="three four")
    assert view.turns == [Turn("companion", "one two", "three four", interrupted=True, at_s=1.0)]


def test_a_false_start_leaves_nothing() -> None:
    view = view_of((0.0, clause("one two")), (0.1, ev.ReplyInterrupted(0.1, "", "one two")))
    assert view.caption(9.0) == Caption()
    assert view.turns == []


def test_your_words_are_partial_and_then_final() -> None:
    view = view_of((0, ev.WordsRecognized(0, "what is", "what")))
    assert (view.your_words, view.your_words_final) == ("what is", False)
    view.take(ev.UserSpoke(1, "What is it?"), 1.0)
    assert (view.your_words, view.your_words_final) == ("What is it?", True)
    assert view.turns == [Turn("user", "What is it?", at_s=1)]


def test_words_that_were_not_for_her_vanish_and_those_that_were_stay() -> None:
    view = view_of((0, ev.WordsRecognized(0, "pass the salt", "")), (1, ev.SoundIgnored(1, "not addressed")))
    assert view.your_words == ""
    view = view_of((0, ev.UserSpoke(0, "Hello")), (1, ev.SoundIgnored(1, "a cough")))
    assert view.your_words == "Hello"


def test_a_turn_that_was_taken_back_is_not_kept_twice() -> None:
    view = view_of(
        (0, ev.UserSpoke(0, "I went there")), (1, ev.TurnTakenBack(1)), (2, ev.UserSpoke(2, "I went there today"))
    )
    assert [turn.text for turn in view.turns] == ["I went there today"]


def test_when_the_engine_dies_in_mid_reply_what_was_heard_stays() -> None:
    view = view_of((0, ev.UserSpoke(0, "Tell me")), (1, clause("one two three", (0.5, 1.0, 1.5))))
    cut_off = view.engine_died(2.1)
    assert cut_off == view.turns[-1]
    assert view.turns == [
        Turn("user", "Tell me", at_s=0),
        Turn("companion", "one two", "three", interrupted=True),
    ]
    assert view.caption(9.0) == Caption("one two", struck="three")
    assert view.state == "starting"


def test_a_new_conversation_begins_empty() -> None:
    view = view_of((0, ev.UserSpoke(0, "Hello")), (1, ev.ReplyFinished(1, "Hi.")), (2, ev.ConversationBegun(2)))
    assert view.turns == []
    assert (view.your_words, view.caption(3)) == ("", Caption())


def test_what_she_was_told_to_forget_is_shown_no_more() -> None:
    view = view_of((0, ev.UserSpoke(0, "secret")), (1, ev.UserSpoke(1, "open")), (2, ev.TurnsForgotten(2, ("secret",))))
    assert [turn.text for turn in view.turns] == ["open"]
    view.take(ev.TurnsForgotten(3, (), everything=True), 3)
    assert view.turns == []


def test_what_was_deleted_is_not_told_to_the_next_engine() -> None:
    view = view_of((0, ev.UserSpoke(0, "secret")), (1, ev.UserSpoke(1, "open")))
    view.forget({"secret"})
    assert [turn.text for turn in view.turns] == ["open"]


def test_a_lost_device_is_told_until_it_is_back() -> None:
    view = view_of((0, ev.DeviceLost(0, "speaker", "There is no speaker.", "Plug one in.")))
    assert view.notice == Notice("There is no speaker.", "Plug one in.")
    back = view_of(
        (0, ev.DeviceLost(0, "speaker", "There is no speaker.", "")), (1, ev.DeviceReturned(1, "speaker", "USB"))
    )
    assert (back.notice, back.speaker) == (None, "USB")


def test_a_fault_is_told_until_the_next_turn() -> None:
    view = view_of((0, ev.Faulted(0, "She had no answer.", "Say it again.")))
    assert view.notice == Notice("She had no answer.", "Say it again.")
    again = view_of((0, ev.Faulted(0, "She had no answer.", "")), (1, ev.UserSpoke(1, "again")))
    assert again.notice is None


def test_muting_is_remembered_while_she_speaks() -> None:
    view = view_of((0, ev.StateChanged(0, "muted")), (1, ev.StateChanged(1, "speaking")))
    again = view_of((0, ev.StateChanged(0, "muted")), (2, ev.StateChanged(2, "listening")))
    assert (view.muted, again.muted) == (True, False)


def test_where_words_go_is_told_when_it_is_elsewhere() -> None:
    from companion.core.engines import EngineInfo

    here = EngineInfo("voice", "Piper", "joe")
    there = EngineInfo("language model", "Ollama", "x", where="http://attic:11434")
    assert view_of((0, ev.ConversationStarted(0, (here,), "", ""))).where == "this computer"
    assert view_of((0, ev.ConversationStarted(0, (here, there), "", ""))).where == "http://attic:11434"


def test_the_last_words_stay_until_she_speaks_again() -> None:
    view = view_of((0, clause("Hi.")), (1, ev.ReplyFinished(1, "Hi.")))
    assert view.caption(5) == Caption("Hi.")
    view.take(ev.ReplyStarted(2, Latency(0.0)), 2)
    assert view.caption(5) == Caption()


def test_what_happened_to_her_is_told_before_anything_else() -> None:
    view = view_of((0, ev.Faulted(0, "She had no answer.", "")), (0, ev.DeviceLost(0, "speaker", "No speaker.", "")))
    assert view.notice == Notice("She had no answer.")
    view.lasting["engine"] = Notice("She stopped.")
    assert view.notice == Notice("She stopped.")


def test_what_came_later_is_known() -> None:
    view = view_of((0, clause("Hi.")), (1, ev.ReplyFinished(1, "Hi.")), (2, ev.WordsRecognized(2, "so", "")))
    assert (view.yours_newer, view.caption(3)) == (True, Caption("Hi."))
    view = view_of((0, ev.UserSpoke(0, "so")), (1, ev.ReplyStarted(1, Latency(0.0))), (1, clause("Well.", (0.3,))))
    assert (view.yours_newer, view.caption(2)) == (False, Caption("Well."))


def test_the_words_that_you_cut_off_are_seen_while_you_go_on() -> None:
    view = view_of((0, clause("one two")), (1, ev.WordsRecognized(1, "wait", "")))
    view.take(ev.ReplyInterrupted(1, "one", "two"), 1)
    view.take(ev.UserSpoke(2, "Wait a minute."), 2)
    assert view.caption(3) == Caption("one", struck="two")
    assert view.yours_newer
