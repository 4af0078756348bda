"""A wake word that a Wyoming server listens for, such as Home Assistant's openWakeWord or microWakeWord."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable
from typing import Any

from wyoming.audio import AudioChunk, AudioStart
from wyoming.info import Info
from wyoming.wake import Detect, Detection

from companion.backends.standing import Standing
from companion.backends.wyoming_link import WyomingLink, WyomingServer
from companion.backends.wyoming_transcriber import WIDTH_BYTES, as_pcm
from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import EngineInfo, WakeWord
from companion.core.errors import EngineError, ModelError
from companion.core.wyoming_address import WyomingAddress

PART = "wake word"

IDLE_S = 3.0
"""Without a block for so long nobody listens any more: she sleeps with the microphone off, or has quit."""

LONGEST_QUEUE_BLOCKS = 250
"""5 s: what a server that stalls has not taken by then is dropped."""

ANSWER_S = 1.0
"""For the rest of an event of which the first bytes are there."""

REFRACTORY_S = 2.0
"""One phrase is told of once, however often a server tells of it."""

BEGIN_ANEW = object()
"""In the queue: what follows does not follow what came before."""


class WyomingWakeWord:
    """See WakeWord. A thread of its own sends what is heard; while the server is away, a local one may stand in."""

    def __init__(
        self,
        address: WyomingAddress,
        notice: Callable[[str, str], None],
        stand_in: Callable[[str], WakeWord | None] = lambda model: None,
    ) -> None:
        """Asks the server for its phrases, if it answers. `stand_in` makes the local one for a model; None: there is
        none. Raises ModelError if the server has no such model. Blocking for up to 4 s."""
        self._server = WyomingServer(address, PART, "talking.wake_word")
        self._notice = notice
        self._standing = Standing()
        self._blocks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._fired = threading.Event()
        self._deaf_until_s = 0.0
        self._thread: threading.Thread | None = None
        self._model, self._phrase, self._program = address.model, _plain(address.model), "Wyoming"
        self._local: WakeWord | None = None
        try:
            self._look_at(self._server.describe())
        except EngineError as error:
            self._local = stand_in(self._model)
            self._fail(error)
        else:
            self._local = stand_in(self._model)

    def info(self) -> EngineInfo:
        return EngineInfo(PART, self._program, self._model, self._server.address.where)

    @property
    def phrase(self) -> str:
        return self._phrase

    def heard(self, samples: Samples) -> bool:
        if self._blocks.qsize() < LONGEST_QUEUE_BLOCKS:
            self._blocks.put(samples)
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._serve, name="wake word", daemon=True)
            self._thread.start()
        fired = self._fired.is_set()
        self._fired.clear()
        if not self._standing.there and self._local:
            fired |= self._local.heard(samples)
        return fired

    def reset(self) -> None:
        self._blocks.put(BEGIN_ANEW)
        if self._local:
            self._local.reset()

    def _look_at(self, info: Info) -> None:
        models = {model.name: (model, program) for program in info.wake for model in program.models}
        if not models:
            raise self._server.fault("offers no wake word")
        wanted = self._model or next(iter(models))
        if wanted not in models:
            raise ModelError(
                f"The {PART} server {self._server.address.server} does not know {wanted}.",
                f"It knows {', '.join(models)}; name one in talking.wake_word.",
            )
        model, program = models[wanted]
        self._model, self._program = wanted, program.name
        self._phrase = _plain(model.phrase or model.description or wanted)

    def _serve(self) -> None:
        """Until nothing was heard for a while. While the server is away, what is heard is let go."""
        while True:
            if self._standing.there or self._standing.look():
                try:
                    with self._server.connect() as link:
                        self._be_back()
                        self._listen(link)
                    return
                except EngineError as error:
                    self._fail(error)
            elif self._next() is None:
                return

    def _listen(self, link: WyomingLink) -> None:
        start = AudioStart(HEARING_RATE_HZ, WIDTH_BYTES, 1)
        link.send(Detect(names=[self._model] if self._model else None), start)
        while (block := self._next()) is not None:
            link.send(start if block is BEGIN_ANEW else AudioChunk(HEARING_RATE_HZ, WIDTH_BYTES, 1, as_pcm(block)))
            while link.waiting():
                if Detection.is_type(link.receive(time.monotonic() + ANSWER_S).type):
                    self._fire()

    def _next(self) -> Any:
        """The next block, or `BEGIN_ANEW`; None if nothing comes any more."""
        try:
            return self._blocks.get(timeout=IDLE_S)
        except queue.Empty:
            return None

    def _fire(self) -> None:
        now_s = time.monotonic()
        if now_s >= self._deaf_until_s:
            self._deaf_until_s = now_s + REFRACTORY_S
            self._fired.set()

    def _be_back(self) -> None:
        if not self._standing.there:
            self._standing.found()
            self._notice(f"The {PART} at {self._server.address.server} is back.", "")

    def _fail(self, error: EngineError) -> None:
        if self._standing.failed():
            meanwhile = "this computer listens for it" if self._local else "only her name and your keys call her"
            self._notice(f"{error.message} Until it is back, {meanwhile}.", error.hint)


def _plain(name: str) -> str:
    """A phrase from the name of its model: "ok_nabu_v0.1" is "Ok Nabu"."""
    return re.sub(r"_v[\d.]+$", "", name).replace("_", " ").strip().title()


def local_name(model: str) -> str:
    """What this computer calls the wake word of that model."""
    bare = re.sub(r"_v[\d.]+$", "", model).lower()
    return {"ok_nabu": "okay_nabu"}.get(bare, bare)
