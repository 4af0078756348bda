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
from companion.core.settings import Settings
from companion.core.wyoming_address import is_wyoming
from companion.diagnostics.checks import Check, Finding, State

QUESTION = [Message("user", "Hello. How are you today?")]
REPLY_TOKENS = 32
CLAUSE = "I am glad you came."
SPEECH_S = 2.0
SLOW_FIRST_TOKEN_S = 3.0
SLOW_TRANSCRIPT_S = 1.5
SLOW_VOICE = 0.8


def checks_elsewhere(settings: Settings) -> list[Check]:
    """One for each part that has a server, and one for the wake word if another computer listens for it."""
    each: dict[str, Callable[[Settings], Finding]] = {"voice": _voice, "hearing": _hearing, "mind": _mind}
    checks = [
        Check(f"{elsewhere.PARTS[part]} elsewhere", lambda find=find: _judged(settings, find), 90.0)  # type: ignore[misc]
        for part, find in each.items()
        if elsewhere.named(settings, part)
    ]
    if is_wyoming(settings.talking.wake_word):
        checks.append(Check("wake word elsewhere", lambda: _wake_word(settings.talking.wake_word), 20.0))
    return checks


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

    return found if elsewhere.named(settings, part) else find


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
    ear = elsewhere.remote_hearing(settings)
    assert ear
    ear.warm_up()
    began_s = time.perf_counter()
    ear.transcribe(silence(SPEECH_S, HEARING_RATE_HZ))
    spent_s = time.perf_counter() - began_s
    text = f"{_name(ear.info())}: {SPEECH_S:.0f} s of sound in {spent_s:.2f} s"
    return _slow(spent_s > SLOW_TRANSCRIPT_S, text, "Take a smaller model there, or let this computer hear.")


def _voice(settings: Settings) -> Finding:
    voice = elsewhere.remote_voice(settings)
    assert voice
    voice.warm_up()
    began_s = time.perf_counter()
    voiced = voice.voice(CLAUSE)
    spent_s = time.perf_counter() - began_s
    factor = spent_s / max(seconds(voiced.samples, voice.rate_hz), 1e-3)
    text = f"{_name(voice.info())}: five words in {spent_s * 1000:.0f} ms, real-time factor {factor:.2f}"
    return _slow(factor > SLOW_VOICE, text, "Take a lighter voice there, or let this computer speak.")


def _wake_word(address: str) -> Finding:
    """Raises ModelError if the server does not know that wake word: then a conversation does not begin either."""
    from companion.backends.micro_wake_word import MicroWakeWord

    away: list[tuple[str, str]] = []
    word = elsewhere.wake_word(address, MicroWakeWord, lambda message, hint: away.append((message, hint)))
    if away:
        message, hint = away[0]
        return Finding("warning", message.rstrip("."), hint)
    return Finding("ok", f"{_name(word.info())}: “{word.phrase}” wakes her")


def _name(info: EngineInfo) -> str:
    return f"{info.name} {info.model} on {info.where}"


def _slow(slow: bool, text: str, remedy: str) -> Finding:
    return Finding("warning", f"{text}: slow", remedy) if slow else Finding("ok", text)
