"""`companion listen --microphone`: one sentence from the microphone, with its level, its words, and its sound."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import TypeAlias

import numpy as np

from companion import app
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, seconds, silence
from companion.core.engines import Microphone
from companion.core.errors import CompanionError
from companion.core.settings import Settings
from companion.live_settings import rules_of
from companion.talk.ear import Ear
from companion.talk.floor import Began, Decision, Ended, Her, Resumed, SoftEnded
from companion.talk.input_gain import InputGain
from companion.talk.parts import Recognizers
from companion.talk.recognition import Recognition
from companion.talk.workers import Worker

LEVEL_BLOCKS = 5
"""Blocks of 20 ms that a level is told of."""

Tell: TypeAlias = Callable[[dict[str, object]], None]
"""Takes what has come of it so far: "level_db", "words", "text" or "played"."""


async def try_microphone(settings: Settings, limit_s: float, play_back: bool, tell: Tell) -> None:
    """Hear one sentence on the microphone of `settings`, for `limit_s` at most. Raises DeviceError or ModelError."""
    from companion.backends.silero import SileroActivity
    from companion.backends.sound_devices import LiveMicrophone

    transcriber = app.make_transcriber(settings)
    with Worker("hear") as worker:
        warming = asyncio.create_task(worker.run(transcriber.warm_up))
        try:
            ear = Ear(SileroActivity(), rules_of(settings))
            sentence = Sentence(ear, Recognizers(transcriber, worker, None, worker), tell)
            sound = await sentence.hear(LiveMicrophone(settings.hearing.microphone), limit_s)
            await warming
        finally:
            warming.cancel()
            await asyncio.wait({warming})
    if play_back:
        await _play(sound, settings.voice.speaker)
        tell({"played": True})


class Sentence:
    """Hears until something has been said, and tells what it is."""

    def __init__(self, ear: Ear, recognizers: Recognizers, tell: Tell) -> None:
        self._ear = ear
        self._recognition = Recognition(recognizers, self._fail, lambda text, stable, whole: tell({"words": text}))
        self._tell = tell
        self._gain = InputGain()
        self._heard: list[Samples] = []
        self._failure: CompanionError | None = None

    async def hear(self, microphone: Microphone, limit_s: float) -> Samples:
        """Returns the sound of what was said; if nothing was said, all that was heard. Raises CompanionError."""
        spoke = False
        async with aclosing(microphone.blocks()) as blocks:
            async for block in blocks:
                self._take(block)
                decisions = self._ear.hear(self._at_its_level(block, microphone), Her.SILENT)
                if len(self._heard) * seconds(block, HEARING_RATE_HZ) >= limit_s:
                    decisions += self._ear.finish("time is over")
                    spoke = self._follow(decisions)
                    break
                if spoke := self._follow(decisions):
                    break
        text = await self._words() if spoke else ""
        if self._failure:
            raise self._failure
        self._tell({"text": text})
        return self._ear.turn() if text else np.concatenate([silence(0, HEARING_RATE_HZ), *self._heard])

    def _take(self, block: Samples) -> None:
        self._heard.append(block)
        if len(self._heard) % LEVEL_BLOCKS == 0:
            self._tell({"level_db": round(level_db(np.concatenate(self._heard[-LEVEL_BLOCKS:])), 1)})

    def _at_its_level(self, block: Samples, microphone: Microphone) -> Samples:
        is_device = microphone.latency_s > 0
        return self._gain.apply(block, self._ear.hears_speech) if is_device else block

    def _follow(self, decisions: list[Decision]) -> bool:
        """Whether a turn has ended."""
        for decision in decisions:
            match decision:
                case Began():
                    self._recognition.start_turn()
                case SoftEnded():
                    self._recognition.begin(self._ear.turn())
                case Resumed():
                    self._recognition.resume_turn()
                case Ended():
                    return True
                case _:
                    pass
        if self._ear.user_is_speaking and self._recognition.wants(self._ear.turn_s):
            self._recognition.listen(self._ear.turn())
        return False

    async def _words(self) -> str:
        self._recognition.close_turn(self._ear.turn())
        text = await self._recognition.words()
        if left := self._recognition.tasks:
            await asyncio.wait(left)
        return text

    def _fail(self, error: CompanionError) -> None:
        self._failure = error


async def _play(sound: Samples, device: str) -> None:
    from companion.backends.sound_devices import LiveSpeaker
    from companion.cli.say import until_heard

    speaker = LiveSpeaker(device, HEARING_RATE_HZ)
    await speaker.open()
    try:
        speaker.begin()
        speaker.play(sound)
        await until_heard(speaker)
    finally:
        await speaker.close()
