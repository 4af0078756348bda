"""The conversation: ear, floor, reply and history, joined. All state lives on the event loop; no locks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import aclosing
from typing import Any

from companion.core.audio import BLOCK_S, HEARING_RATE_HZ, Samples, seconds
from companion.core.engines import EngineInfo
from companion.core.errors import CompanionError, DeviceError
from companion.core.events import (
    ConversationBegun,
    ConversationEnded,
    ConversationStarted,
    DeviceLost,
    DeviceReturned,
    Event,
    Latency,
    LevelMeasured,
    SoundIgnored,
    SpeechPaused,
    SpeechStarted,
    State,
    StateChanged,
    TurnEnded,
    VoiceMeasured,
)
from companion.core.intents import BeginAnew, Forget, Intent, Quit, Say, Stop
from companion.core.transcript import History
from companion.talk.attention import Close, EndTurn, Habits, Interrupt, Listening, PlaySound, Step, event_of
from companion.talk.ear import LevelMeter, speech_end_s
from companion.talk.exchange import Exchange
from companion.talk.floor import (
    COMMAND,
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
)
from companion.talk.input_gain import InputGain
from companion.talk.own_accord import OwnAccord
from companion.talk.parts import Hearing, Mouth, Thinking
from companion.talk.pause_judge import PauseJudge
from companion.talk.silent_microphone import SilentMicrophoneWatch
from companion.talk.speaker_watch import RETRY_S, SpeakerWatch
from companion.talk.voice_meter import VoiceMeter

LATEST_BLOCK_S = 0.2
"""Blocks come as late as this, where a microphone is at ease; a time that is told runs on no longer without them."""


class Conversation:
    """Runs until the microphone's file ends, or `Quit`. Without a mouth, replies are shown only."""

    def __init__(
        self,
        hearing: Hearing,
        thinking: Thinking,
        mouth: Mouth | None,
        history: History,
        emit: Callable[[Event], None],
    ) -> None:
        self._microphone = hearing.microphone
        self._ear = hearing.ear
        self._attention = hearing.attention
        self._wake_word = hearing.wake_word
        self._greeting = thinking.greeting
        self._mouth = mouth
        self._history = history
        self._emit = emit
        self._exchange = Exchange(
            hearing.recognizers, hearing.attention, thinking, mouth, history, emit, self.now_s, self._engage
        )
        self._speaks_up = thinking.speaks_up
        self._own_accord = OwnAccord(thinking.speaks_up, hearing.attention, self._exchange.greet)
        self._received_s = 0.0
        self._block_came = time.monotonic()
        self._meter = LevelMeter()
        self._voice_meter = VoiceMeter()
        self._silence = SilentMicrophoneWatch()
        self._gain = InputGain()
        self._state: State = "starting"
        self._deaf = False
        self._quit = asyncio.Event()
        self._speaker_watch = SpeakerWatch(mouth.speaker, self._lose_speaker, self._regain_speaker) if mouth else None
        self._pauses = PauseJudge(self._ear, self._exchange, self._act_on, self._tell_state)

    @property
    def history(self) -> History:
        return self._history

    def ask(self, intent: Intent) -> None:
        """Do what the person asks. Call it on the event loop."""
        self._do(self._attention.ask(intent))
        match intent:
            case Say(text, silently) if text.strip():
                self._exchange.say(text.strip(), silently)
            case Stop():
                self._exchange.silence()
            case BeginAnew():
                self._forget_turn()
                self._exchange.begin_anew()
                self._emit(ConversationBegun(self.now_s()))
            case Forget(texts):
                self._exchange.forget(texts)
            case Quit():
                self._quit.set()
            case _:
                pass
        self._tell_state()

    def adjust(self, rules: Rules, habits: Habits, ducked_gain: float) -> None:
        """Go by other limits and habits from now on. Call it on the event loop."""
        self._ear.adopt(rules)
        if self._mouth:
            self._mouth.ducked_gain = ducked_gain
        self._do(self._attention.adopt(habits))
        self._tell_state()

    def greet(self, text: str) -> None:
        """She says `text` of her own accord, unless she sleeps, is not to disturb, or somebody speaks already."""
        if text and self._attention.state not in ("asleep", "quiet") and not self._somebody_speaks():
            self._exchange.greet(text)
            self._tell_state()

    def now_s(self) -> float:
        """Audio time: what was received, and a little more while the next block is on its way."""
        if self._microphone.lockstep:
            return self._received_s
        return self._received_s + min(time.monotonic() - self._block_came, LATEST_BLOCK_S)

    async def run(self, engines: tuple[EngineInfo, ...]) -> None:
        """Listen and answer until the end. All tasks it started have ended when it returns."""
        speaker = self._mouth.speaker.name if self._mouth else ""
        self._emit(ConversationStarted(0.0, engines, self._microphone.name, speaker))
        listening = asyncio.create_task(self._listen(), name="listen")
        quitting = asyncio.create_task(self._quit.wait(), name="quit")
        try:
            if self._greeting:
                self._exchange.greet(self._greeting)
            self._tell_state()
            await asyncio.wait({listening, quitting}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                listening.result()
        finally:
            await self._end({listening, quitting})

    # --- audio in

    async def _listen(self) -> None:
        while True:
            try:
                async with aclosing(self._microphone.blocks()) as blocks:
                    async for block in blocks:
                        self._hear(block)
                        if self._microphone.lockstep:
                            await self._settle()
                        if self._quit.is_set() or (self._microphone.exhausted and self._at_rest()):
                            return
            except DeviceError as error:
                await self._wait_for_microphone(error)

    async def _wait_for_microphone(self, error: DeviceError) -> None:
        """Time passes by the wall clock while nothing is heard; typing goes on."""
        if not self._deaf:
            self._deaf = True
            self._emit(DeviceLost(self.now_s(), "microphone", error.message, error.hint))
            self._forget_turn()
        for _ in range(round(RETRY_S / BLOCK_S)):
            await asyncio.sleep(BLOCK_S)
            self._ear.skip(BLOCK_S)
            self._pass_time(BLOCK_S)
            self._tell_state()

    def _hear(self, block: Samples) -> None:
        self._pass_time(seconds(block, HEARING_RATE_HZ))
        if self._deaf:
            self._deaf = False
            self._emit(DeviceReturned(self.now_s(), "microphone", self._microphone.name))
        self._ear.hold(self._attention.holding)
        self._ear.expect_reading(not self._exchange.speaks)
        if self._attention.listening is Listening.NOTHING:
            self._ear.skip(seconds(block, HEARING_RATE_HZ))
        else:
            if (level := self._meter.measure(block)) is not None:
                self._emit(LevelMeasured(self.now_s(), level))
            block = self._at_its_level(block)
            if self._wake_word and self._wake_word.heard(block):
                self._do(self._attention.hear_wake_word())
            self._act_on(self._ear.hear(block, self._exchange.her))
            if (
                self._ear.user_is_speaking
                and self._ear.hears_speech
                and self._exchange.recognition.wants(self._ear.turn_s)
            ):
                self._exchange.recognition.listen(self._ear.turn())
        self._microphone.at_ease = not self._somebody_speaks()
        self._tell_state()

    def _somebody_speaks(self) -> bool:
        return self._ear.user_has_floor or self._ear.hears_speech or self._exchange.her is not Her.SILENT

    def _at_its_level(self, block: Samples) -> Samples:
        """`block` for ears that want speech of one loudness; a microphone that is dead is told of."""
        is_device, she_speaks = self._microphone.latency_s > 0, self._exchange.her is Her.SPEAKING
        if not is_device:
            return block
        if not she_speaks and (error := self._silence.hear(block)):
            self._exchange.fault(error)
        return self._gain.apply(block, self._ear.hears_speech and not she_speaks)

    def _pass_time(self, duration_s: float) -> None:
        self._received_s += duration_s
        self._block_came = time.monotonic()
        if self._mouth:
            try:
                self._mouth.speaker.tick(duration_s)
            except CompanionError as error:
                self._exchange.fault(error)
        if self._speaker_watch:
            self._speaker_watch.look()
        self._exchange.follow()
        self._measure_voice(duration_s)
        self._do(self._attention.pass_time(duration_s, self._exchange.her, self._ear.user_has_floor))
        for event in self._speaks_up.pass_time(duration_s, self.now_s()):
            self._emit(event)
        self._do(self._own_accord.pass_time(duration_s, not self._somebody_speaks()))

    def _measure_voice(self, duration_s: float) -> None:
        heard_db = self._mouth.speaker.level_db if self._mouth and self._exchange.her is Her.SPEAKING else None
        if (level := self._voice_meter.measure(duration_s, heard_db)) is not None:
            self._emit(VoiceMeasured(self.now_s(), level))

    # --- attention

    def _engage(self) -> None:
        self._do(self._attention.engage())

    def _do(self, steps: Iterable[Step]) -> None:
        for step in steps:
            match step:
                case Interrupt():
                    self._exchange.silence()
                case EndTurn(why):
                    self._act_on(self._ear.finish(why))
                case Close():
                    self._forget_turn()
                case PlaySound(name):
                    if self._mouth and self._exchange.her is not Her.SPEAKING:
                        self._mouth.chime(name)
                case _:
                    if event := event_of(step, self.now_s()):
                        self._emit(event)

    # --- the floor

    def _act_on(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            self._act(decision)

    def _act(self, decision: Decision) -> None:
        match decision:
            case Startled():
                self._exchange.lowered_voice.lower()
            case Calmed():
                self._exchange.lowered_voice.raise_again()
            case Began(onset_s, over_her):
                self._emit(SpeechStarted(onset_s, over_her))
                self._exchange.begin_turn(over_her)
            case GaveWay():
                self._exchange.give_way()
            case TookFloor():
                self._exchange.yield_floor()
            case Dismissed(why):
                self._emit(SoundIgnored(self.now_s(), why))
                self._exchange.go_on()
            case SoftEnded(number):
                self._pauses.ask_for_words(number)
            case Paused(since_s, number):
                self._emit(SpeechPaused(since_s))
                self._pauses.ask_for_sound(number)
            case Resumed():
                self._exchange.resume_turn()
            case Ended(speech_end, silence_s, why):
                self._end_turn(speech_end, silence_s, why)

    def _end_turn(self, speech_end: float, silence_s: float, why: str) -> None:
        now_s = self.now_s()
        self._emit(TurnEnded(now_s, silence_s, why))
        turn = self._ear.turn()
        tail_s = seconds(turn, HEARING_RATE_HZ) - speech_end_s(turn)
        # The delay of capture counts: the listener waits through it too.
        spoke_until_s = min(speech_end, self._ear.heard_s - tail_s) - self._microphone.latency_s
        self._exchange.end_turn(turn, Latency(spoke_until_s, turn_decided_s=now_s), answer=why != COMMAND)

    # --- devices

    def _lose_speaker(self) -> None:
        remedy = "Plug one in and she goes on; until then, read her words."
        self._emit(DeviceLost(self.now_s(), "speaker", "There is no speaker.", remedy))
        self._exchange.lose_speaker()

    def _regain_speaker(self) -> None:
        self._emit(DeviceReturned(self.now_s(), "speaker", self._mouth.speaker.name if self._mouth else ""))
        self._exchange.regain_speaker()

    def _forget_turn(self) -> None:
        if self._wake_word:
            self._wake_word.reset()
        self._ear.forget()
        self._exchange.forget_turn()

    # --- state and tasks

    def _tell_state(self) -> None:
        state = self._present_state()
        if state != self._state:
            self._state = state
            self._emit(StateChanged(self.now_s(), state))

    def _present_state(self) -> State:
        her = self._exchange.her
        if her is Her.SPEAKING:
            return "speaking"
        if self._attention.listening is not Listening.HER_NAME:
            if self._ear.user_has_floor:
                return "hearing"
            if her is Her.THINKING:
                return "thinking"
        return "deaf" if self._deaf else self._attention.state

    def _at_rest(self) -> bool:
        return not (self._ear.user_has_floor or self._exchange.her is not Her.SILENT or self._computing())

    def _computing(self) -> set[asyncio.Task[Any]]:
        return {*self._pauses.tasks, *self._exchange.computing}

    async def _settle(self) -> None:
        """Wait until nothing computes, so that thinking takes no audio time."""
        while pending := self._computing():
            await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)

    async def _end(self, tasks: set[asyncio.Task[Any]]) -> None:
        self._exchange.silence()
        watch = self._speaker_watch.task if self._speaker_watch else None
        everything = {*tasks, *self._computing(), *([watch] if watch else [])}
        for task in everything:
            task.cancel()
        await asyncio.wait(everything)
        underruns = self._mouth.speaker.underruns if self._mouth else 0
        self._state = "ended"
        self._emit(ConversationEnded(self.now_s(), sum(turn.who == "user" for turn in self._history.turns), underruns))
