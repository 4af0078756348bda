"""Hearing, voice and wake word on other computers, with this one standing in: which address means what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from companion.backends.fallback import FallbackSynthesizer, FallbackTranscriber, Notice
from companion.core.engines import Synthesizer, Tone, Transcriber, WakeWord
from companion.core.errors import CompanionError
from companion.core.settings import Settings
from companion.core.wyoming_address import is_wyoming, wyoming_address
from companion.live_settings import changed_settings

log = logging.getLogger(__name__)


def log_notice(message: str, hint: str) -> None:
    """Where nobody else is to be told."""
    log.warning("%s", message)


class Notices:
    """What engines elsewhere say on their threads, told on the event loop on which this was made."""

    def __init__(self, note: Callable[[str], None]) -> None:
        """`note` is told while there is no conversation yet; then set `tell`."""
        self.tell: Notice = lambda message, hint: note(message)
        self._loop = asyncio.get_running_loop()

    def __call__(self, message: str, hint: str) -> None:
        with suppress(RuntimeError):  # the loop is closed: there is nobody left to tell
            self._loop.call_soon_threadsafe(lambda: self.tell(message, hint))


def is_elsewhere(name: str) -> bool:
    """Whether a setting names a server, and no model of this computer."""
    return is_wyoming(name)


def transcriber_elsewhere(
    settings: Settings, names: tuple[str, ...], make: Callable[[Settings, tuple[str, ...]], Transcriber], notice: Notice
) -> Transcriber:
    """The transcriber at the address in the settings; `make` makes the one of this computer that stands in."""
    from companion.backends.wyoming_transcriber import PART, WyomingTranscriber

    hearing, elsewhere = settings.hearing, settings.elsewhere
    address = wyoming_address(hearing.transcriber, PART)
    remote = WyomingTranscriber(address, hearing.language, names, elsewhere.patience_s)
    here = changed_settings(settings, {"hearing.transcriber": "auto"})
    return FallbackTranscriber(remote, lambda: make(here, names), notice, elsewhere.keep_ready)


def synthesizer_elsewhere(
    settings: Settings, tone: Tone, make: Callable[[Settings], Synthesizer], notice: Notice
) -> Synthesizer:
    """The voice at the address in the settings; `make` makes the one of this computer that stands in."""
    from companion.backends.wyoming_synthesizer import PART, WyomingSynthesizer

    elsewhere = settings.elsewhere
    remote = WyomingSynthesizer(wyoming_address(settings.voice.voice, PART), tone, elsewhere.patience_s)
    here = changed_settings(settings, {"voice.voice": "auto"})
    return FallbackSynthesizer(remote, lambda: make(here), notice, elsewhere.keep_ready)


def wake_word_elsewhere(address: str, make_local: Callable[[str], WakeWord], notice: Notice) -> WakeWord:
    """The wake word at `address`; `make_local` makes the one of that name which stands in, if it can. Blocking."""
    from companion.backends.wyoming_wake_word import PART, WyomingWakeWord, local_name

    def stand_in(model: str) -> WakeWord | None:
        try:
            return make_local(local_name(model))
        except CompanionError:
            return None

    return WyomingWakeWord(wyoming_address(address, PART), notice, stand_in)
