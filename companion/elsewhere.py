"""Which parts of her run elsewhere, joined to what stands in for them here; and how that gets to the person."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from companion.backends.fallback import FallbackSynthesizer, FallbackTranscriber, Notice
from companion.backends.openai_http import Server
from companion.core.engines import LanguageModel, Synthesizer, Tone, Transcriber, WakeWord
from companion.core.errors import CompanionError, DamagedModelError, EngineError, ModelError
from companion.core.settings import Elsewhere, Settings
from companion.core.wyoming_address import is_wyoming, wyoming_address
from companion.server_keys import ServerKeys, address_of

log = logging.getLogger(__name__)

PARTS = {"mind": "language model", "hearing": "speech to text", "voice": "voice"}
"""What settings and keys call a part, and what `EngineInfo` calls it."""


class Notices:
    """Takes notices on any thread, and tells them on the event loop: as notes until the conversation has begun."""

    def __init__(self, note: Callable[[str], None]) -> None:
        """Make it on the event loop."""
        self._loop = asyncio.get_running_loop()
        self._tell: Callable[[str, str], None] = lambda message, hint: note(f"{message} {hint}".strip())

    def __call__(self, message: str, hint: str) -> None:
        log.info("an engine elsewhere went away, or came back")
        with suppress(RuntimeError):  # the loop is closed: nobody is there to be told
            self._loop.call_soon_threadsafe(self._pass_on, message, hint)

    def begin(self, tell: Callable[[str, str], None]) -> None:
        """The conversation has begun."""
        self._tell = tell

    def _pass_on(self, message: str, hint: str) -> None:
        self._tell(message, hint)


def unheard(message: str, hint: str) -> None:
    """For commands that say at their end which engine they used."""
    log.info("%s %s", message, hint)


def server_of(part: str, settings: Settings) -> Server:
    """The server that `part` runs on, with its key. Blocking while the keyring is asked."""
    elsewhere = settings.elsewhere
    address = str(getattr(elsewhere, part))
    timeout_s = float(getattr(elsewhere, f"{part}_timeout_s"))
    return Server.at(address, ServerKeys().find(part, address), timeout_s, PARTS[part], f"elsewhere.{part}")


def memory_key(settings: Settings) -> str:
    """The key of the server that tells meanings; empty if there is none. Blocking while the keyring is asked."""
    address = address_of("memory", settings)
    return ServerKeys().find("memory", address) if address else ""


def remote_hearing(settings: Settings, names: tuple[str, ...] = ()) -> Transcriber | None:
    """The server that the settings name for speech to text, with nothing standing in; None if they name none."""
    if is_wyoming(settings.hearing.transcriber):
        from companion.backends.wyoming_transcriber import WyomingTranscriber

        address = wyoming_address(settings.hearing.transcriber, PARTS["hearing"])
        return WyomingTranscriber(address, settings.hearing.language, names, settings.elsewhere.hearing_timeout_s)
    if settings.elsewhere.hearing:
        from companion.backends.openai_speech import OpenAiTranscriber

        return OpenAiTranscriber(server_of("hearing", settings), settings.hearing.language, names)
    return None


def remote_voice(settings: Settings, tone: Tone | None = None) -> Synthesizer | None:
    """The server that the settings name for her voice, with nothing standing in; None if they name none."""
    tone = tone or Tone()
    if is_wyoming(settings.voice.voice):
        from companion.backends.wyoming_synthesizer import WyomingSynthesizer

        address = wyoming_address(settings.voice.voice, PARTS["voice"])
        return WyomingSynthesizer(address, tone, settings.elsewhere.voice_timeout_s)
    if settings.elsewhere.voice:
        from companion.backends.openai_speech import OpenAiVoice

        return OpenAiVoice(server_of("voice", settings), settings.elsewhere.voice_name, tone)
    return None


def hearing(
    settings: Settings, local: Callable[[], Transcriber], names: tuple[str, ...], notice: Notice
) -> Transcriber:
    """Speech to text where the settings say that it runs."""
    remote = remote_hearing(settings, names)
    if remote is None:
        return local()
    if not settings.elsewhere.stand_in:
        return remote
    return FallbackTranscriber(remote, local, notice, settings.elsewhere.keep_ready)


def voice(settings: Settings, local: Callable[[], Synthesizer], tone: Tone, notice: Notice) -> Synthesizer:
    """Her voice where the settings say that it runs."""
    remote = remote_voice(settings, tone)
    if remote is None:
        return local()
    if not settings.elsewhere.stand_in:
        return remote
    return FallbackSynthesizer(remote, local, notice, settings.elsewhere.keep_ready)


def named(settings: Settings, part: str) -> str:
    """The address that the settings name for a part; empty if it runs here."""
    wyoming = {"hearing": settings.hearing.transcriber, "voice": settings.voice.voice}.get(part, "")
    return wyoming if is_wyoming(wyoming) else str(getattr(settings.elsewhere, part))


def here_alone(settings: Settings) -> Settings:
    """`settings` with all of her on this computer, and nothing to stand in for."""
    hearing, voice = settings.hearing, settings.voice
    return settings.model_copy(
        update={
            "elsewhere": Elsewhere(stand_in=False),
            "hearing": hearing.model_copy(update={"transcriber": "auto"})
            if is_wyoming(hearing.transcriber)
            else hearing,
            "voice": voice.model_copy(update={"voice": _here(voice.voice)}),
        }
    )


def _here(engine: str) -> str:
    return "auto" if is_wyoming(engine) else engine


def wake_word(address: str, make_local: Callable[[str], WakeWord], notice: Notice) -> WakeWord:
    """The wake word at `address`; `make_local` makes the one of that name which stands in, if it can. Blocking."""
    from companion.backends.wyoming_wake_word import PART, WyomingWakeWord, local_name

    def stand_in(model: str) -> WakeWord | None:
        try:
            return make_local(local_name(model))
        except CompanionError:
            return None

    return WyomingWakeWord(wyoming_address(address, PART), notice, stand_in)


async def mind(
    settings: Settings, resolve: Callable[[str], Path], note: Callable[[str], None], notice: Notice
) -> LanguageModel:
    """The language model where the settings say that it runs, not open yet. Raises ModelError or EngineError.

    One that another program serves, here or elsewhere, has the embedded one to stand in for it.
    """
    from companion.backends.llama_cpp import LlamaCpp

    chosen: LanguageModel
    if settings.elsewhere.mind and settings.mind.engine == "auto":
        from companion.backends.openai_mind import OpenAiMind

        server = await asyncio.to_thread(server_of, "mind", settings)
        chosen = OpenAiMind(server, settings.mind.context_tokens, settings.mind.temperature)
        note(f"Language model: {server.model or 'the one that is there'} at {server.where}, as set.")
    else:
        chosen = await _of_another_program(settings, resolve, note)
    if isinstance(chosen, LlamaCpp) or not settings.elsewhere.stand_in:
        return chosen
    from companion.backends.fallback_mind import FallbackMind

    return FallbackMind(chosen, lambda: _embedded(settings, resolve), notice, settings.elsewhere.keep_ready)


async def _of_another_program(
    settings: Settings, resolve: Callable[[str], Path], note: Callable[[str], None]
) -> LanguageModel:
    """Ollama, or the embedded model. An Ollama that is away, and of which a model is named, may come back."""
    from companion.backends import mind as minds
    from companion.backends.ollama import Ollama

    wanted = settings.mind
    try:
        return await minds.choose_mind(wanted, resolve, note)
    except EngineError:
        if not settings.elsewhere.stand_in or wanted.engine != "ollama" or wanted.model == "auto":
            raise
        return Ollama(
            wanted.ollama_address, wanted.model, wanted.context_tokens, wanted.temperature, wanted.keep_alive_minutes
        )


def _embedded(settings: Settings, resolve: Callable[[str], Path]) -> LanguageModel:
    """The embedded model that is set; the best one here if what is set is a model of another program."""
    from companion.backends import mind as minds

    try:
        return minds.embedded(settings.mind, resolve, log.info)
    except DamagedModelError:
        raise
    except ModelError:
        return minds.embedded(settings.mind.model_copy(update={"model": "auto"}), resolve, log.info)
