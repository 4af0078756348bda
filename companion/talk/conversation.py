"""The conversation: ear, floor, reply and history, joined. All state lives on the event loop; no locks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from companion.core.audio import BLOCK_S, HEARING_RATE_HZ, Samples, seconds
from companion.core.engines import EngineInfo
from companion.core.errors import CompanionError, DeviceError, EngineError
from companion.core.events import (
    ConversationEnded,
    ConversationStarted,
    DeviceLost,
    DeviceReturned,
    Event,
    Faulted,
    Latency,
    LevelMeasured,
    ReplyFinished,
    ReplyInterrupted,
    SoundIgnored,
    SpeechPaused,
    SpeechStarted,
    State,
    StateChanged,
    TurnEnded,
    UserSpoke,
    VoiceLowered,
    VoiceRaised,
)
from companion.core.intents import Intent, Mute, Quit, Say, Stop, Unmute
from companion.core.transcript import History, Turn
from companion.talk.ear import LevelMeter, speech_end_s
from companion.talk.parts import Hearing, Mouth, Thinking
from companion.talk.recognition import Recognition
from companion.talk.reply import Reply
from companion.talk.speaker_watch import RETRY_S, SpeakerWatch
from companion.talk.turn_taking import Began, Decision, Dismissed, Ended, GaveWay, Her, Paused, Resumed


class Conversation:
    """Runs until the microphone's file ends, or `Quit`. Without a mouth, replies are shown only."""

    def __init__(
        self,
        hearing: Hearing,
        thinking: Thinking,
        mouth: Mouth | None,
        history: History,
        emit: Callable[[Event], None],
        ducked_gain: float = 0.25,
    ) -> None:
        self._microphone = hearing.microphone
        self._ear = hearing.ear
        self._recognition = Recognition(hearing.recognizers, self._fault)
        self._thinking = thinking
        self._mouth = mouth
        self._history = history
        self._emit = emit
        self._ducked_gain = ducked_gain
        self._received_s = 0.0
        self._block_came = time.monotonic()
        self._meter = LevelMeter()
        self._state: State = "starting"
        self._muted = False
        self._deaf = False
        self._ducked = False
        self._quit = asyncio.Event()
        self._reply: Reply | None = None
        self._answering: asyncio.Task[None] | None = None
        self._speaker_watch = SpeakerWatch(mouth.speaker, self._lose_speaker, self._regain_speaker) if mouth else None
        self._others: set[asyncio.Task[Any]] = set()

    @property
    def history(self) -> History:
        return self._history

    def ask(self, intent: Intent) -> None:
        """Do what the person asks. Call it on the event loop."""
        match intent:
            case Say(text):
                self._hear_line(text.strip())
            case Stop():
                self._silence_her()
            case Mute():
                self._set_muted(True)
            case Unmute():
                self._set_muted(False)
            case Quit():
                self._quit.set()
        self._tell_state()

    def now_s(self) -> float:
        """Audio time: what was received, and a little more while the next block is on its way."""
        if self._microphone.lockstep:
            return self._received_s
        return self._received_s + min(time.monotonic() - self._block_came, 5 * BLOCK_S)

    async def run(self, engines: tuple[EngineInfo, ...]) -> None:
        """Listen and answer until the end. All tasks it started have ended when it returns."""
        speaker = self._mouth.speaker.name if self._mouth else ""
        self._emit(ConversationStarted(0.0, engines, self._microphone.name, speaker))
        listening = asyncio.create_task(self._listen(), name="listen")
        quitting = asyncio.create_task(self._quit.wait(), name="quit")
        try:
            if self._thinking.greeting:
                self._begin_reply(Latency(0.0)).start_with(self._thinking.greeting)
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
            self._ear.forget()
            self._recognition.drop()
            self._let_her_go_on()
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
        if self._muted:
            self._ear.skip(seconds(block, HEARING_RATE_HZ))
        else:
            if (level := self._meter.measure(block)) is not None:
                self._emit(LevelMeasured(self.now_s(), level))
            for decision in self._ear.hear(block, self._her()):
                self._act(decision)
        self._tell_state()

    def _pass_time(self, duration_s: float) -> None:
        self._received_s += duration_s
        self._block_came = time.monotonic()
        if self._mouth:
            try:
                self._mouth.speaker.tick(duration_s)
            except CompanionError as error:
                self._fault(error)
        if self._speaker_watch:
            self._speaker_watch.look()
        if self._reply:
            self._reply.follow()
            if self._reply.done:
                self._finish_reply(self._reply)

    # --- the floor

    def _her(self) -> Her:
        if self._reply and self._reply.audible:
            return Her.SPEAKING
        return Her.THINKING if self._reply or self._answering else Her.SILENT

    def _act(self, decision: Decision) -> None:
        match decision:
            case Began(onset_s, over_her):
                self._emit(SpeechStarted(onset_s, over_her))
                self._hold_her(over_her)
            case GaveWay():
                self._give_way()
            case Dismissed():
                self._emit(SoundIgnored(self.now_s(), "too short to be speech"))
                self._let_her_go_on()
            case Paused(since_s, number):
                self._emit(SpeechPaused(since_s))
                turn = self._ear.turn()
                self._recognition.begin(turn)
                self._others.add(asyncio.create_task(self._judge(turn, number), name="detect turn end"))
            case Resumed():
                self._recognition.drop()
            case Ended(speech_end, silence_s, why):
                self._end_turn(speech_end, silence_s, why)

    def _hold_her(self, over_her: bool) -> None:
        if over_her and self._mouth:
            self._mouth.speaker.set_gain(self._ducked_gain)
            self._ducked = True
            self._emit(VoiceLowered(self.now_s()))
        elif self._reply:
            self._reply.floor.clear()

    def _let_her_go_on(self) -> None:
        if self._reply:
            self._reply.floor.set()
        if self._ducked and self._mouth:
            self._ducked = False
            self._mouth.speaker.set_gain(1.0)
            self._emit(VoiceRaised(self.now_s()))

    def _give_way(self) -> None:
        if self._reply and self._reply.audible:
            self._interrupt(self._reply)
            return
        # Nothing was heard of an answer: what was said and what is being said are one turn.
        was_transcribed = self._answering is None
        self._drop_unheard_reply()
        if was_transcribed and (unanswered := self._history.take_back_unanswered()):
            self._recognition.carry(unanswered.text)

    async def _judge(self, turn: Samples, number: int) -> None:
        completeness = await self._recognition.completeness(turn)
        if completeness is not None:
            for decision in self._ear.judge(completeness, number):
                self._act(decision)
            self._tell_state()

    def _end_turn(self, speech_end: float, silence_s: float, why: str) -> None:
        now_s = self.now_s()
        self._emit(TurnEnded(now_s, silence_s, why))
        turn = self._ear.turn()
        tail_s = seconds(turn, HEARING_RATE_HZ) - speech_end_s(turn)
        # The delay of capture counts: the listener waits through it too.
        spoke_until_s = min(speech_end, self._ear.heard_s - tail_s) - self._microphone.latency_s
        latency = Latency(spoke_until_s, turn_decided_s=now_s)
        self._recognition.close_turn(turn)
        self._answering = asyncio.create_task(self._answer(latency), name="answer")

    async def _answer(self, latency: Latency) -> None:
        text = await self._recognition.words()
        self._answering = None
        now_s = self.now_s()
        if text:
            self._emit(UserSpoke(now_s, text))
            self._history.add(Turn("user", text, at_s=now_s))
            self._reply_to_history(replace(latency, transcribed_s=now_s))
        else:
            self._emit(SoundIgnored(now_s, "no words in it"))
        self._tell_state()

    def _hear_line(self, text: str) -> None:
        if not text:
            return
        self._silence_her()
        now_s = self.now_s()
        self._emit(UserSpoke(now_s, text, typed=True))
        self._history.add(Turn("user", text, at_s=now_s))
        self._reply_to_history(Latency(now_s, now_s, now_s))

    # --- words out

    def _begin_reply(self, latency: Latency) -> Reply:
        self._ducked = False
        mouth = self._mouth if self._mouth and not self._mouth.speaker.lost else None
        if mouth:
            mouth.speaker.set_gain(1.0)
        thinking = self._thinking
        self._reply = Reply(thinking.mind, thinking.limits, mouth, latency, self.now_s, self._emit, thinking.names)
        if self._ear.user_has_floor:
            self._reply.floor.clear()
        return self._reply

    def _reply_to_history(self, latency: Latency) -> None:
        self._begin_reply(latency).start(self._thinking.prompt.messages(self._history.turns))

    def _finish_reply(self, reply: Reply) -> None:
        self._reply = None
        self._let_her_go_on()
        text = reply.text
        if text:
            self._history.add(Turn("companion", text, interrupted=reply.fault is not None, at_s=self.now_s()))
            self._emit(ReplyFinished(self.now_s(), text))
        if reply.fault:
            self._fault(reply.fault)
        elif not text:
            self._fault(EngineError("She had no answer to that.", "Say it again, perhaps in other words."))

    def _interrupt(self, reply: Reply) -> None:
        self._reply = None
        heard, unheard = reply.stop()
        self._others |= reply.tasks
        self._history.add(Turn("companion", heard, unheard, interrupted=bool(unheard), at_s=self.now_s()))
        if unheard:
            self._emit(ReplyInterrupted(self.now_s(), heard, unheard))
        else:
            self._emit(ReplyFinished(self.now_s(), heard))

    def _silence_her(self) -> None:
        """Stop whatever she says or is about to say."""
        if self._reply and self._reply.audible:
            self._interrupt(self._reply)
        else:
            self._drop_unheard_reply()
            self._recognition.forget_unanswered()

    def _drop_unheard_reply(self) -> None:
        if self._reply:
            self._reply.stop()
            self._others |= self._reply.tasks
            self._reply = None
        if self._answering:
            self._answering.cancel()
            self._others.add(self._answering)
            self._answering = None

    # --- devices and faults

    def _lose_speaker(self) -> None:
        remedy = "Plug one in and she goes on; until then, read her words."
        self._emit(DeviceLost(self.now_s(), "speaker", "There is no speaker.", remedy))
        if self._reply:
            self._reply.suspend()

    def _regain_speaker(self) -> None:
        self._emit(DeviceReturned(self.now_s(), "speaker", self._mouth.speaker.name if self._mouth else ""))
        if self._reply:
            self._reply.resume()

    def _fault(self, error: CompanionError) -> None:
        self._emit(Faulted(self.now_s(), error.message, error.hint))

    def _set_muted(self, muted: bool) -> None:
        self._muted = muted
        self._ear.forget()
        self._recognition.drop()
        self._let_her_go_on()

    # --- state and tasks

    def _tell_state(self) -> None:
        state = self._present_state()
        if state != self._state:
            self._state = state
            self._emit(StateChanged(self.now_s(), state))

    def _present_state(self) -> State:
        if self._reply and self._reply.audible:
            return "speaking"
        if self._ear.user_has_floor:
            return "hearing"
        if self._reply or self._answering:
            return "thinking"
        if self._deaf:
            return "deaf"
        return "muted" if self._muted else "listening"

    def _at_rest(self) -> bool:
        return not (self._ear.user_has_floor or self._reply or self._computing())

    def _computing(self) -> set[asyncio.Task[Any]]:
        self._others = set(_running(self._others))
        own = _running([self._answering, *(self._reply.working if self._reply else ())])
        return {*own, *self._others, *self._recognition.tasks}

    async def _settle(self) -> None:
        """Wait until nothing computes, so that thinking takes no audio time."""
        while pending := self._computing():
            await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)

    async def _end(self, tasks: set[asyncio.Task[Any]]) -> None:
        if self._reply and self._reply.audible:
            self._interrupt(self._reply)
        self._drop_unheard_reply()
        self._recognition.forget_unanswered()
        everything = {
            *tasks,
            *self._computing(),
            *_running([self._speaker_watch.task if self._speaker_watch else None]),
        }
        for task in everything:
            task.cancel()
        await asyncio.wait(everything)
        underruns = self._mouth.speaker.underruns if self._mouth else 0
        self._state = "ended"
        self._emit(ConversationEnded(self.now_s(), sum(turn.who == "user" for turn in self._history.turns), underruns))


def _running(tasks: Iterable[asyncio.Task[Any] | None]) -> list[asyncio.Task[Any]]:
    return [task for task in tasks if task and not task.done()]
