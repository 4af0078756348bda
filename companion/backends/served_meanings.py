"""What texts mean, by a model that a server runs: Ollama, or any that speaks OpenAI's protocol."""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from companion.backends.ollama_server import where
from companion.core.engines import EngineInfo
from companion.core.errors import CompanionError, EngineError, ModelError

log = logging.getLogger(__name__)

QUESTION_TIMEOUT_S = 1.0
"""A question is asked in the middle of a turn, which does not wait longer; its words are found all the same."""
TIMEOUT_S = 120.0
REST_S = 30.0
"""After a failure the server is left alone for so long."""
MAX_CHARACTERS = 1000
"""Of a longer text only the beginning counts: many models take 512 tokens, and some servers refuse more."""
SIGN_BITS = 64
"""The memory takes vectors whose dimensions are a multiple of this."""
_COMMON = (
    "Good morning, how are you?",
    "Yes, I think so.",
    "I have to go to work now.",
    "That is a nice picture.",
    "We had dinner at home last night.",
    "What are you doing this weekend?",
    "My sister called me on Tuesday.",
    "It rained all day long.",
    "I am reading a book about the sea.",
    "He bought a new car.",
    "Thank you, that is very kind.",
    "The children are at school.",
    "I do not like coffee.",
    "She plays the piano very well.",
    "Our train was late again.",
    "The doctor says that it is nothing serious.",
)
"""Sentences about anything. What they have in common says nothing: of many models all vectors point into one corner,
and only the rest of them tells what is alike (Mu and Viswanath 2018, https://arxiv.org/abs/1702.01417)."""


class ServedMeanings(ABC):
    """See Embedder. Unrelated texts are about at right angles, whatever the model."""

    def __init__(self, address: str, model: str) -> None:
        self._address = address
        self._model = model
        self._middle: NDArray[np.float32] | None = None
        self._rests_until_s = 0.0

    @abstractmethod
    def info(self) -> EngineInfo: ...

    @abstractmethod
    def _ask(self, texts: Sequence[str], timeout_s: float) -> object:
        """The server's vectors, one for each text. Raises what its client raises."""

    def warm_up(self) -> None:
        self.embed(["hello"])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Embedder. Raises EngineError if the server does not answer in time, ModelError if it lacks the model."""
        if self._middle is None:
            self._middle = self._asked(_COMMON, TIMEOUT_S).mean(axis=0)
        vectors = self._asked(texts, QUESTION_TIMEOUT_S if len(texts) == 1 else TIMEOUT_S)
        if vectors.shape[1] != len(self._middle):
            raise self._fault("sent vectors of another length than before")
        vectors = _of_length_one(vectors - self._middle)
        lacking = -vectors.shape[1] % SIGN_BITS
        return np.pad(vectors, ((0, 0), (0, lacking)))

    def _asked(self, texts: Sequence[str], timeout_s: float) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions), each row of length 1."""
        if time.monotonic() < self._rests_until_s:
            raise self._fault("failed a moment ago")
        cut = [text[:MAX_CHARACTERS] or " " for text in texts]
        try:
            vectors = self._plainly(lambda: np.asarray(self._ask(cut, timeout_s), np.float32))
            if vectors.ndim != 2 or len(vectors) != len(texts) or not vectors.size or not np.isfinite(vectors).all():
                raise self._fault("sent what are no vectors")
            return _of_length_one(vectors)
        except CompanionError:
            self._rests_until_s = time.monotonic() + REST_S
            raise

    def _plainly(self, ask: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
        """All that a server and its client can fail with, as EngineError and ModelError."""
        import httpx
        import ollama

        try:
            return ask()
        except CompanionError:
            raise
        except (httpx.TimeoutException, TimeoutError) as error:
            raise self._fault("does not answer in time") from error
        except (httpx.TransportError, ConnectionError) as error:
            raise self._fault("does not answer") from error
        except (httpx.HTTPStatusError, ollama.ResponseError) as error:
            status = error.response.status_code if isinstance(error, httpx.HTTPStatusError) else error.status_code
            if status == 404:
                raise ModelError(
                    f"{self._address} does not have the model of meanings {self._model}.",
                    "Install it there, or set memory.embedder to another; until then words are found.",
                ) from error
            raise self._fault(f"refused to answer (HTTP status {status})") from error
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            log.debug("The answer could not be read: %r", error)
            raise self._fault("sent what cannot be understood") from error

    def _fault(self, what: str) -> EngineError:
        return EngineError(
            f"The model of meanings at {self._address} {what}.",
            "Until it does better, what was said is found by its words; or set memory.embedder to minilm.",
        )


class OllamaMeanings(ServedMeanings):
    """A model of an Ollama server."""

    def __init__(self, address: str, model: str, keep_alive_minutes: int = 30) -> None:
        super().__init__(address, model)
        self._keep_alive = f"{keep_alive_minutes}m"

    def info(self) -> EngineInfo:
        return EngineInfo("memory", "Ollama", f"ollama:{self._model}", where(self._address))

    def _ask(self, texts: Sequence[str], timeout_s: float) -> object:
        from ollama import Client

        local = where(self._address) == "this computer"
        with Client(self._address, timeout=timeout_s, follow_redirects=False, trust_env=not local) as client:
            return client.embed(self._model, texts, keep_alive=self._keep_alive).embeddings


class OpenAiMeanings(ServedMeanings):
    """A server with OpenAI's `/v1/embeddings`, such as llama.cpp's, LM Studio, vLLM."""

    def __init__(self, address: str, model: str = "", key: str = "") -> None:
        """`address` up to and with "/v1"; `model` as the server calls it, empty: its only one."""
        super().__init__(address, model)
        self._key = key

    def info(self) -> EngineInfo:
        return EngineInfo("memory", "OpenAI's protocol", f"{self._address}#{self._model}", where(self._address))

    def _ask(self, texts: Sequence[str], timeout_s: float) -> object:
        import httpx

        local = where(self._address) == "this computer"
        answer = httpx.post(
            f"{self._address.rstrip('/')}/embeddings",
            json={"input": list(texts)} | ({"model": self._model} if self._model else {}),
            headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
            timeout=timeout_s,
            trust_env=not local,
        )
        answer.raise_for_status()
        rows = sorted(answer.json()["data"], key=lambda row: row["index"])
        return [row["embedding"] for row in rows]


def _of_length_one(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)
