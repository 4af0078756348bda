"""Hearing and voice on a server with OpenAI's /v1/audio/transcriptions and /v1/audio/speech."""

from __future__ import annotations

import io
import math
import re
import wave
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from companion.backends.openai_http import Server, answered, missing_model, model_names, plainly, refusal
from companion.backends.word_ends import estimated_words
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, silence
from companion.core.engines import EngineInfo, Tone, Transcript, Voiced, VoiceStream, whole_stream
from companion.core.errors import CompanionError, EngineError

if TYPE_CHECKING:
    import httpx

SENT_TIMEOUT_S = 0.5
"""More patience for each second of sound, or for each ten words."""
MAX_CLAUSE_CHARACTERS = 1000
VOICE_RATE_HZ = 24_000
"""What the protocol's raw sound has. Sound of another rate is brought to it."""
LONGEST_SOUND_S = 180.0
LEVEL_DB = -20.5
"""As loud as every other voice of hers, as the mean level of `_LEVEL_TEXT`."""
_LEVEL_TEXT = "Hello there, it is good to hear from you again. What shall we talk about today?"
_LOUDEST = 0.98
REFUSED_WORD = frozenset({400, 415, 422})

_LANGUAGES = {
    name: code
    for code, name in (
        pair.split(":")
        for pair in [
            "ar:arabic",
            "bg:bulgarian",
            "ca:catalan",
            "cs:czech",
            "da:danish",
            "de:german",
            "el:greek",
            "en:english",
            "es:spanish",
            "et:estonian",
            "fa:persian",
            "fi:finnish",
            "fr:french",
            "he:hebrew",
            "hi:hindi",
            "hr:croatian",
            "hu:hungarian",
            "id:indonesian",
            "it:italian",
            "ja:japanese",
            "ko:korean",
            "lt:lithuanian",
            "lv:latvian",
            "ms:malay",
            "nl:dutch",
            "no:norwegian",
            "pl:polish",
            "pt:portuguese",
            "ro:romanian",
            "ru:russian",
            "sk:slovak",
            "sl:slovenian",
            "sr:serbian",
            "sv:swedish",
            "ta:tamil",
            "th:thai",
            "tr:turkish",
            "uk:ukrainian",
            "ur:urdu",
            "vi:vietnamese",
            "zh:chinese",
        ]
    )
}
"""Whisper's servers name a language by its English name, or by its code."""


class _Asked:
    """What hearing and voice have in common: one server, asked from one thread, or from another that looks for it."""

    engine = ""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: httpx.Client | None = None

    def info(self) -> EngineInfo:
        return EngineInfo(self._server.part, "OpenAI's protocol", self._server.model or "?", self._server.where)

    def _opened(self) -> httpx.Client:
        """The client. Made at first use, with the model that the server names if none was asked for."""
        import httpx

        if self._client is None:
            self._client = httpx.Client(**self._server.options(pool=True))
        return self._client

    def _find_model(self) -> None:
        """Take the server's first model where none is set. Raises ModelError if the one that is set is not there.

        A server without a list of its models is believed to have it.
        """
        response = answered(self._opened(), "GET", f"{self._server.address}/models")
        if response.status_code in (401, 403) or response.is_redirect:
            raise self._refusal(response)
        if response.status_code != 200:
            return
        names = model_names(response.json())
        if self._server.model and names and self._server.model not in names:
            raise missing_model(self._server, names)
        if not self._server.model and names:
            self._server = replace(self._server, model=names[0])

    def _refusal(self, response: httpx.Response) -> CompanionError:
        if response.status_code == 404 and b"model" in response.content.lower() and self._server.model:
            listed = answered(self._opened(), "GET", f"{self._server.address}/models", patient=False)
            if listed.status_code == 200:
                return missing_model(self._server, model_names(listed.json()))
        return refusal(self._server, response.status_code, response.content, response.headers.get("Location", ""))

    def _patience(self, length: float) -> httpx.Timeout:
        import httpx

        connect_s = min(2.0, self._server.timeout_s)
        return httpx.Timeout(self._server.timeout_s + SENT_TIMEOUT_S * length, connect=connect_s)


class OpenAiTranscriber(_Asked):
    """See Transcriber. Sound is sent as 16-bit WAV."""

    def __init__(self, server: Server, language: str = "auto", names: tuple[str, ...] = ()) -> None:
        """`language`: two letters, or "auto". `names` are told to the server as the beginning of what is said."""
        super().__init__(server)
        self._language = language
        self._names = names
        self._form = "verbose_json"

    def expect(self, names: tuple[str, ...]) -> None:
        self._names = names

    def warm_up(self) -> None:
        with plainly(self._server):
            self._find_model()
        self.transcribe(silence(1.0, HEARING_RATE_HZ))

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        with plainly(self._server):
            response = self._ask(speech, glance)
            if response.status_code in REFUSED_WORD and self._form == "verbose_json":
                plain = self._ask(speech, glance, "json")
                if plain.status_code == 200:
                    self._form, response = "json", plain
            if response.status_code != 200:
                raise self._refusal(response)
            return self._transcript(response.json())

    def _ask(self, speech: Samples, glance: bool, form: str = "") -> httpx.Response:
        wishes: dict[str, Any] = {"response_format": form or self._form, "temperature": "0"}
        if self._server.model:
            wishes["model"] = self._server.model
        if self._language != "auto":
            wishes["language"] = self._language
        if self._names:
            wishes["prompt"] = ", ".join(self._names)
        return answered(
            self._opened(),
            "POST",
            f"{self._server.address}/audio/transcriptions",
            patient=not glance,
            data=wishes,
            files={"file": ("speech.wav", as_wav(speech, HEARING_RATE_HZ), "audio/wav")},
            timeout=self._patience(len(speech) / HEARING_RATE_HZ),
        )

    def _transcript(self, answer: Mapping[str, Any]) -> Transcript:
        """Raises TypeError or LookupError for an answer that is none."""
        text = answer["text"]
        if not isinstance(text, str):
            raise TypeError("a text that is none")
        language = str(answer.get("language") or "").lower()
        code = _LANGUAGES.get(language) or (language if re.fullmatch("[a-z]{2}", language) else "")
        code = code or (self._language if self._language != "auto" else "en")
        segments = answer.get("segments") or []
        scores = [part["avg_logprob"] for part in segments if part.get("avg_logprob") is not None]
        silences = [part["no_speech_prob"] for part in segments if part.get("no_speech_prob") is not None]
        confidence = math.exp(min(0.0, float(np.mean(scores)))) if scores else 1.0
        return Transcript(text.strip(), code, confidence, float(min(silences)) if silences else float(not text.strip()))


class OpenAiVoice(_Asked):
    """See Synthesizer. A clause is asked for as a whole, since only then its length is known; clauses are short.

    The protocol has a speed, and nothing for expressiveness. The ends of words are estimated.
    """

    rate_hz = VOICE_RATE_HZ

    def __init__(self, server: Server, voice: str = "", tone: Tone | None = None) -> None:
        """`voice`: as the server calls it; empty is its default, or "alloy", which all servers know."""
        super().__init__(server)
        self._voice = voice or "alloy"
        self._tone = tone or Tone()
        self._form = "wav"
        self._gain: float | None = None

    def tune(self, tone: Tone) -> None:
        self._tone = tone

    def warm_up(self) -> None:
        with plainly(self._server):
            self._find_model()
        self._gain = _gain(self._sound(_LEVEL_TEXT))

    def voice(self, text: str) -> Voiced:
        if len(text) > MAX_CLAUSE_CHARACTERS:
            raise EngineError("That sentence is too long to speak.", "It is shown instead.")
        if not text.strip():
            return Voiced(silence(0.0, VOICE_RATE_HZ))
        sound = self._sound(text)
        words = estimated_words(text, sound, VOICE_RATE_HZ)
        gain = (self._gain if self._gain is not None else 1.0) * self._tone.volume
        return Voiced(np.clip(sound * np.float32(gain), -_LOUDEST, _LOUDEST), words)

    def begin(self, text: str) -> VoiceStream:
        return whole_stream(self.voice(text), VOICE_RATE_HZ)

    def _sound(self, text: str) -> Samples:
        """At VOICE_RATE_HZ, as loud as it comes."""
        with plainly(self._server):
            response = self._ask(text, self._form)
            if response.status_code in REFUSED_WORD and self._form == "wav":
                raw = self._ask(text, "pcm")
                if raw.status_code == 200:
                    self._form, response = "pcm", raw
            if response.status_code != 200:
                raise self._refusal(response)
            samples, rate_hz = read_sound(response.content, response.headers.get("Content-Type", ""), self._form)
        if len(samples) > LONGEST_SOUND_S * rate_hz:
            raise self._server.fault("spoke without end")
        if not len(samples):
            raise self._server.fault("sent no sound")
        return _at_rate(samples, rate_hz)

    def _ask(self, text: str, form: str) -> httpx.Response:
        wishes: dict[str, Any] = {"input": text, "voice": self._voice, "response_format": form}
        if self._server.model:
            wishes["model"] = self._server.model
        if self._tone.speed != 1.0:
            wishes["speed"] = self._tone.speed
        return answered(
            self._opened(),
            "POST",
            f"{self._server.address}/audio/speech",
            json=wishes,
            timeout=self._patience(len(text.split()) / 10),
        )


def as_wav(samples: Samples, rate_hz: int) -> bytes:
    """Mono, 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        sound.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def read_sound(content: bytes, kind: str, asked_for: str) -> tuple[Samples, int]:
    """Mono samples and their rate in Hz, of whatever a server sends. Raises ValueError for what is no sound.

    A WAV file that is made while it is sent does not tell its length: all that there is counts. Raw sound has 16 bits
    at 24 kHz, unless `kind` names another rate.
    """
    if content[:4] != b"RIFF" and (asked_for == "pcm" or "pcm" in kind or "L16" in kind):
        if "json" in kind or "html" in kind:
            raise ValueError(f"{kind} in place of sound")
        rate = re.search(r"rate=(\d{4,6})", kind)
        whole = content[: len(content) // 2 * 2]
        samples = np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(32768)
        return samples, int(rate[1]) if rate else VOICE_RATE_HZ
    import soundfile

    try:
        samples, rate_hz = soundfile.read(io.BytesIO(_of_known_length(content)), dtype="float32", always_2d=True)
    except soundfile.SoundFileError as error:
        raise ValueError("no sound") from error
    return samples.mean(axis=1).astype(np.float32), int(rate_hz)


def _of_known_length(content: bytes) -> bytes:
    """A WAV file whose data chunk claims more than there is, with its true length."""
    at = content.find(b"data", 12)
    if content[:4] != b"RIFF" or at < 0:
        return content
    there = len(content) - at - 8
    if int.from_bytes(content[at + 4 : at + 8], "little") <= there:
        return content
    return content[: at + 4] + there.to_bytes(4, "little") + content[at + 8 :]


def _at_rate(samples: Samples, rate_hz: int) -> Samples:
    import soxr

    if rate_hz == VOICE_RATE_HZ:
        return samples
    return np.asarray(soxr.resample(samples, rate_hz, VOICE_RATE_HZ), dtype=np.float32)


def _gain(sound: Samples) -> float:
    return float(10 ** (min(20.0, LEVEL_DB - level_db(sound)) / 20))
