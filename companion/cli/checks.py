"""The checks of `companion doctor` that need sound devices and engines: each is used as a conversation uses it."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime
from typing import ParamSpec, TypeVar

from companion import app, her_voices, sound
from companion.app import Note
from companion.core.audio import HEARING_RATE_HZ, SILENCE_DB, Samples, level_db, seconds
from companion.core.engines import EngineInfo, LanguageModel, Microphone, ReplyLimits, Speaker
from companion.core.errors import CompanionError, DeviceError, EngineError, SettingsError
from companion.core.persona import Persona, load_persona
from companion.core.settings import Settings
from companion.core.transcript import Turn
from companion.diagnostics.checks import Finding
from companion.models.catalogue import Purpose, catalogue
from companion.models.resolver import locate
from companion.talk.prompt import Prompt

P = ParamSpec("P")
T = TypeVar("T")

CLAUSE = "I am glad you came."
SHORT_SPEECH = "What would you like to talk about today?"
"""About 2 s in an ordinary voice."""
LONG_SPEECH = (
    "This morning I went for a long walk along the river, and on the way home I met an old friend of mine from school."
)
"""About 5 s."""
QUESTION = "Hello. How are you today?"

VOICED_TIMES = 3
LISTENED_BLOCKS = 25
"""Half a second."""
REPLY_TOKENS = 48
SPEAKER_RATE_HZ = 22_050
"""The rate of most voices; the voice itself has not been looked at yet."""

SLOW_TRANSCRIPT_S = 1.5
SLOW_VOICE = 0.8
"""Real-time factor above which she would fall silent between clauses."""
SLOW_FIRST_TOKEN_S = 3.0
SLOW_TOKENS_PER_S = 6.0
"""She speaks about 4 tokens a second; the voice takes the processor for some of the time."""
SLOW_VERDICT_S = 0.3
SLOW_FRAME_S = 0.008
"""A quarter of the 32 ms that a frame lasts."""

SLOW_ECHO_FRAME_S = 0.0025
"""A quarter of the 10 ms that a frame lasts."""

BUSY = "Close what keeps this computer busy, then type `companion doctor` again"


def sound_library() -> Finding:
    """PortAudio, and how many devices it sees. Raises DeviceError if it is missing."""
    from companion.backends.sound_devices import list_devices

    devices = list_devices()
    parts = []
    for kind in ("microphone", "speaker"):
        names = [device.name for device in devices if device.kind == kind]
        default = next((device.name for device in devices if device.kind == kind and device.default), "none")
        parts.append(f"{kind}s: {len(names)}, by default {default}" if names else f"no {kind}")
    return Finding("ok", f"PortAudio; {'; '.join(parts)}")


def microphone(settings: Settings) -> Finding:
    """Listens for half a second. Raises DeviceError or AudioFileError."""
    name, level = asyncio.run(_listen(sound.spoken(settings.hearing.microphone).microphone))
    if level > SILENCE_DB:
        return Finding("ok", f"{name}, level {level:.0f} dB")
    return Finding(
        "warning",
        f"{name} gives perfect silence",
        "Unmute it and let this program use it in the system's settings, or choose another: `companion devices`.",
    )


async def _listen(ear: Microphone) -> tuple[str, float]:
    """The name of what is heard with, and the loudest level in dB of the first half second."""
    level = SILENCE_DB
    heard = 0
    async with aclosing(ear.blocks()) as blocks:
        async for block in blocks:
            level = max(level, level_db(block))
            heard += 1
            if heard == LISTENED_BLOCKS:
                break
    if not heard:
        raise DeviceError(f"{ear.name} gives no sound.", "Choose another: `companion devices`.")
    return ear.name, level


def speaker(settings: Settings) -> Finding:
    """Opens the speaker and plays nothing. Raises DeviceError."""
    from companion.backends.sound_devices import LiveSpeaker

    make_speaker = sound.spoken(speaker=settings.voice.speaker).make_speaker
    assert make_speaker is not None
    mouth = make_speaker(SPEAKER_RATE_HZ)
    # A file would be overwritten by opening it.
    return Finding("ok", asyncio.run(_opened(mouth)) if isinstance(mouth, LiveSpeaker) else mouth.name)


async def _opened(mouth: Speaker) -> str:
    await mouth.open()
    try:
        return mouth.name
    finally:
        await mouth.close()


def voice_activity() -> Finding:
    """Silero on a second of noise."""
    import numpy as np

    from companion.backends.silero import SileroActivity

    activity = SileroActivity()
    noise = _noise(1.0)
    count = len(noise) // activity.frame_samples
    frames = np.split(noise[: count * activity.frame_samples], count)
    per_frame_s = statistics.median(_timed(activity.probability, frame)[0] for frame in frames)
    text = f"Silero, {per_frame_s * 1000:.2f} ms for each {1000 * activity.frame_samples // HEARING_RATE_HZ} ms"
    return _judged(per_frame_s > SLOW_FRAME_S, text, f"{BUSY}.")


def echo_cancellation(settings: Settings) -> Finding:
    """WebRTC's canceller on a second of noise; without one she is deaf while she speaks, unless with headphones."""
    import numpy as np

    from companion.backends.webrtc_echo import WebRtcEcho
    from companion.core.echo import ECHO_FRAME_SAMPLES

    wanted = settings.hearing.echo
    if wanted in ("headphones", "half-duplex"):
        return Finding("ok", f"none, as the settings say ({wanted})")
    try:
        canceller = WebRtcEcho()
    except EngineError as error:
        text = f"{error.message.rstrip('.')}: on open speakers she does not listen while she speaks"
        return Finding("warning", text, error.hint)
    frames = np.split(_noise(1.0), HEARING_RATE_HZ // ECHO_FRAME_SAMPLES)
    per_frame_s = statistics.median(_timed(canceller.clean, frame, frame)[0] for frame in frames)
    text = f"WebRTC (livekit), {per_frame_s * 1000:.2f} ms for each 10 ms"
    return _judged(per_frame_s > SLOW_ECHO_FRAME_S, text, f"{BUSY}, or use headphones.")


class EngineChecks:
    """The engines of one conversation, loaded and measured one after another.

    The voice comes first: what it says is what the others are given to hear.
    """

    def __init__(self, settings: Settings, note: Note) -> None:
        self._settings = settings
        self._note = note
        self._speech: tuple[Samples, ...] = ()
        """A short and a long sentence of the voice, at 16 kHz; empty as long as there is no voice."""

    def voice(self) -> Finding:
        """Raises ModelError or EngineError."""
        synthesizer = her_voices.make_synthesizer(self._settings)
        synthesizer.warm_up()
        name, rate_hz = _name(synthesizer.info()), synthesizer.rate_hz
        clause_s = statistics.median(_timed(synthesizer.voice, CLAUSE)[0] for _ in range(VOICED_TIMES))
        short = synthesizer.voice(SHORT_SPEECH).samples
        spent_s, voiced = _timed(synthesizer.voice, LONG_SPEECH)
        long = voiced.samples
        if not len(short) or not len(long):
            return Finding("red", f"{name} makes no sound", "Choose another voice: `companion models`.")
        self._speech = (_at_hearing_rate(short, rate_hz), _at_hearing_rate(long, rate_hz))
        factor = spent_s / seconds(long, rate_hz)
        text = f"{name}: five words in {clause_s * 1000:.0f} ms, real-time factor {factor:.2f}"
        remedy = f'{BUSY}, or take a lighter voice: `companion models`, then voice = "NAME" under [voice].'
        return _judged(factor > SLOW_VOICE, text, remedy)

    def transcriber(self) -> Finding:
        """Raises ModelError or EngineError."""
        transcriber = app.make_transcriber(self._settings)
        transcriber.warm_up()
        name = _name(transcriber.info())
        if not self._speech:
            return Finding("ok", f"{name}: loads; not measured, as there is no voice to listen to")
        lengths_s = [seconds(speech, HEARING_RATE_HZ) for speech in self._speech]
        runs = [_timed(transcriber.transcribe, speech) for speech in self._speech]
        spent_s = [spent for spent, _ in runs]
        if not all(transcript.text for _, transcript in runs):
            return Finding(
                "red",
                f"{name} hears nothing in {lengths_s[0]:.1f} s and {lengths_s[1]:.1f} s of speech",
                'Set transcriber = "auto" under [hearing] in the settings, or choose another: `companion models`.',
            )
        measured = ", ".join(
            f"{length:.1f} s of speech in {spent:.2f} s" for length, spent in zip(lengths_s, spent_s, strict=True)
        )
        text = f"{name}: {measured}, real-time factor {spent_s[1] / lengths_s[1]:.2f}"
        remedy = (
            f"{BUSY}, or take a quicker one: `companion models install whisper-tiny.en`, then"
            ' transcriber = "whisper-tiny.en" under [hearing] in the settings.'
        )
        return _judged(spent_s[0] > SLOW_TRANSCRIPT_S, text, remedy)

    def turn_detector(self) -> Finding:
        """A missing Smart Turn is a warning, unless the settings insist on it: then raises ModelError."""
        detector = app.make_detector(self._settings, self._note)
        if detector is None and self._settings.turn_taking.turn_detector == "silence":
            return Finding("ok", "silence alone, as the settings say")
        if detector is None:
            return Finding(
                "warning",
                "silence alone, as Smart Turn is not installed: answers come later",
                "`companion models install smart-turn-v3.2`",
            )
        detector.warm_up()
        heard = self._speech[1] if self._speech else _noise(5.0)
        spent_s = statistics.median(_timed(detector.completeness, heard)[0] for _ in range(VOICED_TIMES))
        text = f"{_name(detector.info())}: a verdict in {spent_s * 1000:.0f} ms"
        return _judged(spent_s > SLOW_VERDICT_S, text, f'{BUSY}, or set turn_detector = "silence" under [turn_taking].')

    def language_model(self) -> Finding:
        """Loads or reaches the model and has it answer once; says which address was asked."""
        try:
            finding = asyncio.run(self._think())
        except CompanionError as error:
            finding = Finding("red", error.message.rstrip("."), error.hint or "`companion models` lists others.")
        return Finding(finding.state, self._with_address(finding.text), finding.remedy)

    def _with_address(self, text: str) -> str:
        """`text` and the address at which Ollama was asked, said once."""
        mind = self._settings.mind
        text, address = without_password(text), without_password(mind.ollama_address)
        if mind.engine == "embedded" or address in text:
            return text
        return f"{text}; {'it' if 'Ollama' in text else 'Ollama'} was asked at {address}"

    async def _think(self) -> Finding:
        mind = await app.open_mind(self._settings, self._note)
        try:
            info = mind.info()
            name = f"{_name(info)} on {without_password(info.where)}"
            first_s = await self._answer(mind)
            timings = mind.last_timings
        finally:
            await mind.close()
        if first_s is None:
            return Finding("red", f"{name} answers nothing", "Choose another model: `companion models`.")
        text = f"{name}: first token after {first_s * 1000:.0f} ms"
        if timings.cached_tokens is not None and timings.read_tokens is not None:
            text += f" ({timings.cached_tokens} tokens cached, {timings.read_tokens} read)"
        slow = first_s > SLOW_FIRST_TOKEN_S
        if timings.written_tokens and timings.written_s:
            rate = timings.written_tokens / timings.written_s
            text += f", {rate:.0f} tokens a second"
            slow |= rate < SLOW_TOKENS_PER_S
        remedy = (
            f"{BUSY}, or take a smaller mind: `companion models install smollm2-135m-instruct`, then"
            ' model = "smollm2-135m-instruct" under [mind] in the settings.'
        )
        return _judged(slow, text, remedy)

    async def _answer(self, mind: LanguageModel) -> float | None:
        """Seconds from a question to the first token, with the persona read before; None if none came."""
        settings = self._settings
        budget = settings.mind.context_tokens - settings.mind.max_reply_tokens
        prompt = Prompt(_persona(settings), settings.user_name, datetime.now(), budget)
        await mind.warm_up(prompt.prefix)
        limits = ReplyLimits(REPLY_TOKENS, settings.mind.first_token_timeout_s)
        first_s = None
        began_s = time.perf_counter()
        async with aclosing(mind.reply(prompt.messages([Turn("user", QUESTION)]), limits)) as pieces:
            async for _ in pieces:
                first_s = first_s or time.perf_counter() - began_s
        return first_s


def lacking_starter_bytes() -> int:
    """Size of the starter models that are not on this machine yet."""
    return sum(model.size for model in catalogue().starters() if locate(model) is None)


def least_memory_bytes() -> int:
    """What the smallest model for each purpose takes together: with less she cannot run."""
    least: dict[Purpose, int] = {}
    for model in catalogue():
        least[model.purpose] = min(model.memory_mb, least.get(model.purpose, model.memory_mb))
    return sum(least.values()) * 1_000_000


def without_password(address: str) -> str:
    """`address` without a user name and password in it."""
    return re.sub(r"//[^/@]*@", "//", address)


def _persona(settings: Settings) -> Persona:
    """The persona of the settings, or the one shipped: a broken one has a line of its own."""
    try:
        return load_persona(settings.persona)
    except SettingsError:
        return load_persona(Settings().persona)


def _name(info: EngineInfo) -> str:
    return f"{info.name} {info.model}"


def _judged(slow: bool, text: str, remedy: str) -> Finding:
    return Finding("warning", f"{text}: slow", remedy) if slow else Finding("ok", text)


def _timed(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> tuple[float, T]:
    """Seconds that `work` took, and what it returned."""
    began_s = time.perf_counter()
    result = work(*args, **options)
    return time.perf_counter() - began_s, result


def _noise(duration_s: float) -> Samples:
    import numpy as np

    return np.random.default_rng(0).normal(0.0, 0.01, round(duration_s * HEARING_RATE_HZ)).astype(np.float32)


def _at_hearing_rate(samples: Samples, rate_hz: int) -> Samples:
    import numpy as np
    import soxr

    return np.asarray(soxr.resample(samples, rate_hz, HEARING_RATE_HZ), dtype=np.float32)
