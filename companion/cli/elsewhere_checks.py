"""The checks of `companion doctor` for what runs elsewhere: whether it answers, how fast, and what to do if not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing

from companion import elsewhere
from companion.core.audio import HEARING_RATE_HZ, seconds, silence
from companion.core.engines import EngineInfo, Message, ReplyLimits
from companion.core.errors import CompanionError
from companion.core.settings import Elsewhere, Settings
from companion.diagnostics.checks import Check, Finding, State

QUESTION = [Message("user", "Hello. How are you today?")]
REPLY_TOKENS = 32
CLAUSE = "I am glad you came."
SPEECH_S = 2.0
SLOW_FIRST_TOKEN_S = 3.0
SLOW_TRANSCRIPT_S = 1.5
SLOW_VOICE = 0.8


def here_alone(settings: Settings) -> Settings:
    """`settings` for the checks of what runs on this computer, or stands in: nothing stands in for that."""
    return settings.model_copy(update={"elsewhere": Elsewhere(stand_in=False)})


def checks_elsewhere(settings: Settings) -> list[Check]:
    """One for each part that has a server."""
    each: dict[str, Callable[[Settings], Finding]] = {"voice": _voice, "hearing": _hearing, "mind": _mind}
    return [
        Check(f"{elsewhere.PARTS[part]} elsewhere", lambda find=find: _judged(settings, find), 90.0)  # type: ignore[misc]
        for part, find in each.items()
        if getattr(settings.elsewhere, part)
    ]


def standing_in(settings: Settings, part: str, find: Callable[[], Finding]) -> Callable[[], Finding]:
    """A check of what runs here: where `part` has a server, and this one only stands in, its failure is no more than a
    warning."""

    def found() -> Finding:
        try:
            finding = find()
        except CompanionError as error:
            finding = Finding("red", error.message.rstrip("."), error.hint)
        state: State = "warning" if finding.state == "red" else finding.state
        return Finding(state, f"{finding.text} (stands in for the one elsewhere)", finding.remedy)

    return found if getattr(settings.elsewhere, part) else find


def _judged(settings: Settings, find: Callable[[Settings], Finding]) -> Finding:
    """Where this computer stands in, a server that is away is no more than a warning."""
    try:
        return find(settings)
    except CompanionError as error:
        state: State = "warning" if settings.elsewhere.stand_in else "red"
        return Finding(state, error.message.rstrip("."), error.hint)


def _mind(settings: Settings) -> Finding:
    from companion.backends.openai_mind import OpenAiMind

    mind = OpenAiMind(elsewhere.server_of("mind", settings), settings.mind.context_tokens, settings.mind.temperature)

    async def answer() -> tuple[float, float, int]:
        """Seconds to the first token and to the last, and how many there were."""
        await mind.open()
        try:
            began_s, first_s, count = time.perf_counter(), 0.0, 0
            async with aclosing(mind.reply(QUESTION, ReplyLimits(REPLY_TOKENS))) as pieces:
                async for _ in pieces:
                    first_s = first_s or time.perf_counter() - began_s
                    count += 1
            return first_s, time.perf_counter() - began_s, mind.last_timings.written_tokens or count
        finally:
            await mind.close()

    first_s, whole_s, count = asyncio.run(answer())
    name = _name(mind.info())
    if not first_s:
        return Finding("warning", f"{name} answers nothing", "Name another model behind # in elsewhere.mind.")
    rate = count / max(whole_s - first_s, 1e-3)
    text = f"{name}: first token after {first_s * 1000:.0f} ms, {rate:.0f} tokens a second"
    return _slow(first_s > SLOW_FIRST_TOKEN_S, text, "Take a smaller model there, or see to what else keeps it busy.")


def _hearing(settings: Settings) -> Finding:
    from companion.backends.openai_speech import OpenAiTranscriber

    ear = OpenAiTranscriber(elsewhere.server_of("hearing", settings), settings.hearing.language)
    ear.warm_up()
    began_s = time.perf_counter()
    ear.transcribe(silence(SPEECH_S, HEARING_RATE_HZ))
    spent_s = time.perf_counter() - began_s
    text = f"{_name(ear.info())}: {SPEECH_S:.0f} s of sound in {spent_s:.2f} s"
    return _slow(spent_s > SLOW_TRANSCRIPT_S, text, "Take a smaller model there, or leave elsewhere.hearing empty.")


def _voice(settings: Settings) -> Finding:
    from companion.backends.openai_speech import OpenAiVoice

    voice = OpenAiVoice(elsewhere.server_of("voice", settings), settings.elsewhere.voice_name)
    voice.warm_up()
    began_s = time.perf_counter()
    voiced = voice.voice(CLAUSE)
    spent_s = time.perf_counter() - began_s
    factor = spent_s / max(seconds(voiced.samples, voice.rate_hz), 1e-3)
    text = f"{_name(voice.info())}: five words in {spent_s * 1000:.0f} ms, real-time factor {factor:.2f}"
    return _slow(factor > SLOW_VOICE, text, "Take a lighter voice there, or leave elsewhere.voice empty.")


def _name(info: EngineInfo) -> str:
    return f"{info.name} {info.model} on {info.where}"


def _slow(slow: bool, text: str, remedy: str) -> Finding:
    return Finding("warning", f"{text}: slow", remedy) if slow else Finding("ok", text)
