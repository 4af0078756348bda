"""Speech to text by faster-whisper, with a short context for short turns.

Whisper pads every sound to 30 s, so its encoder costs the same for one word as for a lecture. Given
fewer frames it is several times faster, but now and then repeats itself to its maximum length. The
guard: timestamps on, a bound on the tokens, and a second look at the full 30 s when the first one
loops, runs into the bound, or is unsure of itself.

What the encoder heard is written down by a decoder of our own (`whisper_decoder`), which is quicker than
CTranslate2's, or by CTranslate2 on a graphics card and for models that ours cannot be made of.
"""

from __future__ import annotations

import logging
import math
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from companion.backends.heap import loading
from companion.backends.whisper_decoder import WhisperDecoder, Written
from companion.backends.whisper_tokens import LATEST_BEGINNING, TokenRules
from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.core.engines import EngineInfo, Transcript
from companion.core.errors import EngineError, ModelError

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

log = logging.getLogger(__name__)

FRAMES_PER_S = 100
FULL_CONTEXT_S = 30.0
"""What Whisper was trained on; anything longer goes through faster-whisper's own sliding window."""

PADDING_S = 1.0
"""Silence that a short context holds after the speech: the repetition failure is worst with tight padding."""

TOKENS_PER_S = 6
SPARE_TOKENS = 8
"""Bound on the tokens of a reply: fast English is about 4.5 tokens a second, timestamps included."""

END_SLACK_S = 0.6
"""A timestamp this close to the end of the speech is its end. Timestamps err, so what follows is dropped
only if it repeats what was said, or runs to the bound."""

SECONDS_PER_TIMESTAMP = 0.02

MIN_LOG_PROBABILITY = -1.0
MAX_COMPRESSION = 2.4
"""Below, and above, which Whisper's own authors distrust a transcript (openai/whisper, transcribe.py)."""


LARGEST_DECODED = 600_000_000
"""Bytes of a model: the decoder is held a second time, as large as a third of that."""

SURE_OF_A_NAME = 0.4
"""A name alone, expected and heard with less confidence than this, is looked at again without expecting it: told
"Samantha", Whisper base hears it in wind and hum, at 0.18 to 0.21."""


SHORT_S = 2.0
SURE_OF_A_LANGUAGE = 0.6
SURE_OF_A_SHORT_ONE = 0.9
"""Below these probabilities a sound, or one shorter than `SHORT_S` with the silence around it, is taken to be in the
language that is expected, if one is."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    text: str
    log_probability: float
    no_speech: float
    complete: bool

    @property
    def credible(self) -> bool:
        encoded = self.text.encode()
        repetitive = len(encoded) > len(zlib.compress(encoded)) * MAX_COMPRESSION
        return self.complete and not repetitive and self.log_probability >= MIN_LOG_PROBABILITY


class WhisperTranscriber:
    """Transcriber on a CTranslate2 model folder; int8 on the processor, float16 on CUDA."""

    def __init__(
        self,
        folder: Path,
        device: str = "auto",
        threads: int = 2,
        language: str = "auto",
        context_s: float = 8.0,
        names: tuple[str, ...] = (),
        compute: str = "auto",
        cache: Path | None = None,
    ) -> None:
        """`language`: two letters, or "auto". `context_s`: shortest context in seconds, 5 to 30; of 240 sounds of 4 s
        base and tiny.en understood as much with 8 as with 10, in 91 instead of 112 ms and 51 instead of 58.
        `compute`: a type of CTranslate2, or "auto". `cache`: folder for the decoder, which is made of the model once.

        `names` are expected, and so understood where they would be taken for other words. With "Samantha", of 48
        calls in four synthetic voices 46 instead of 33 were recognised by tiny.en, 45 instead of 27 by base.
        """
        self._folder = folder
        self._device = device
        self._threads = threads
        self._language = language
        self._context_s = context_s
        self._names = names
        self._compute = compute
        self._cache = cache
        self._preferred = ""
        self._loaded: WhisperModel | None = None
        self._decoder: WhisperDecoder | None = None

    def info(self) -> EngineInfo:
        return EngineInfo("speech to text", "faster-whisper", self._folder.name.removeprefix("whisper-"))

    def expect(self, names: tuple[str, ...]) -> None:
        """Expect to hear other names from now on. Returns at once."""
        self._names = names

    def prefer(self, language: str) -> None:
        """Take a sound that is short or doubtful to be in `language` (two letters). Returns at once."""
        self._preferred = language

    def warm_up(self) -> None:
        self.transcribe(silence(1.0, HEARING_RATE_HZ))

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        model = self._model()
        duration_s = seconds(speech, HEARING_RATE_HZ)
        if duration_s > FULL_CONTEXT_S - PADDING_S:
            return self._transcribe_long(model, speech)
        short_s = max(self._context_s, duration_s + PADDING_S)
        (language, sure), attempt = self._attempt(model, speech, short_s)
        if glance and not attempt.credible:
            return Transcript("", language, 0.0, attempt.no_speech, sure)
        if not attempt.credible and short_s < FULL_CONTEXT_S:
            (language, sure), second = self._attempt(model, speech, FULL_CONTEXT_S)
            attempt = second if second.log_probability >= attempt.log_probability or not attempt.complete else attempt
        confidence = math.exp(min(0.0, attempt.log_probability))
        return Transcript(attempt.text, language, confidence, attempt.no_speech, sure)

    def _model(self) -> WhisperModel:
        if self._loaded is None:
            with loading():
                loaded = _load(self._folder, self._device, self._threads, self._compute)
                if loaded.model.device == "cpu":
                    self._decoder = _load_decoder(self._folder / "model.bin", self._threads, self._cache)
                self._loaded = loaded
        return self._loaded

    def _attempt(self, model: WhisperModel, speech: Samples, context_s: float) -> tuple[tuple[str, float], _Attempt]:
        """The language with its probability, and what was understood in it."""
        from faster_whisper.audio import pad_or_trim

        features = model.feature_extractor(speech)
        encoded = model.encode(pad_or_trim(features, 2 * math.ceil(context_s * FRAMES_PER_S / 2)))
        if self._decoder:
            self._decoder.hear(np.asarray(encoded)[0])
        duration_s = seconds(speech, HEARING_RATE_HZ)
        language, probability = self._language, 1.0
        if language == "auto" or not model.model.is_multilingual:
            shares = _languages(model, encoded, self._decoder)
            language, probability = _likeliest(shares, self._preferred, duration_s)
        attempt = _decode(model, encoded, self._decoder, language, duration_s, ", ".join(self._names))
        if self._names and (not attempt.text or self._doubtfully_named(attempt)):
            attempt = _decode(model, encoded, self._decoder, language, duration_s)
        return (language, probability), attempt

    def _doubtfully_named(self, attempt: _Attempt) -> bool:
        """Whether it holds names and nothing else, and may do so only because they were expected."""
        words, names = (re.findall(r"\w+", text.lower()) for text in (attempt.text, " ".join(self._names)))
        return attempt.log_probability < math.log(SURE_OF_A_NAME) and bool(words) and set(words) <= set(names)

    def _transcribe_long(self, model: WhisperModel, speech: Samples) -> Transcript:
        language = None if self._language == "auto" else self._language
        segments, info = model.transcribe(
            speech,
            language=language,
            beam_size=1,
            condition_on_previous_text=False,
            without_timestamps=False,
            hotwords=", ".join(self._names) or None,
        )
        parts = list(segments)
        if not parts:
            return Transcript("", info.language, 0.0, 1.0, info.language_probability)
        mean = float(np.mean([part.avg_logprob for part in parts]))
        no_speech = float(min(part.no_speech_prob for part in parts))
        return Transcript(
            "".join(part.text for part in parts).strip(),
            info.language,
            math.exp(min(0.0, mean)),
            no_speech,
            info.language_probability,
        )


def _load(folder: Path, device: str, threads: int, compute: str) -> WhisperModel:
    import ctranslate2
    from faster_whisper import WhisperModel

    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    if compute == "auto":
        compute = "float16" if device == "cuda" else "int8"
    elif compute not in ctranslate2.get_supported_compute_types(device):
        raise EngineError(
            f"Speech to text cannot compute in {compute} here.", 'Set compute = "auto" under [hearing] in the settings.'
        )
    try:
        return WhisperModel(
            str(folder), device=device, compute_type=compute, cpu_threads=threads, local_files_only=True
        )
    except (RuntimeError, ValueError, OSError) as error:
        if device == "cuda":
            raise EngineError(
                "Speech to text cannot use the GPU here.", 'Set device = "cpu" under [hearing] in the settings.'
            ) from error
        raise ModelError(
            f"The speech-to-text model in {folder} is damaged or of another kind.",
            f"Install it anew: companion models install {folder.name}",
        ) from error


def _load_decoder(model: Path, threads: int, cache: Path | None) -> WhisperDecoder | None:
    """None for a model that it cannot be made of, or that is too large to be held twice."""
    if model.stat().st_size > LARGEST_DECODED:
        return None
    try:
        return WhisperDecoder(model, threads, cache)
    except Exception as error:  # onnxruntime raises kinds of its own
        log.info("CTranslate2 writes down what was heard: no decoder of ours (%s).", type(error).__name__)
        log.debug("no decoder", exc_info=error)
        return None


def _languages(model: WhisperModel, encoded: Any, decoder: WhisperDecoder | None) -> dict[str, float]:
    """The probability of each language, by its two letters."""
    if not model.model.is_multilingual:
        return {"en": 1.0}
    if decoder is None:
        return {str(token).strip("<|>"): float(share) for token, share in model.model.detect_language(encoded)[0]}
    names = model.hf_tokenizer
    start, beyond = (names.token_to_id(f"<|{name}|>") for name in ("startoftranscript", "translate"))
    logits = decoder.after(start)[start + 1 : beyond]
    shares = np.exp(logits - logits.max())
    return {names.id_to_token(start + 1 + n).strip("<|>"): float(each) for n, each in enumerate(shares / shares.sum())}


def _likeliest(shares: dict[str, float], preferred: str, duration_s: float) -> tuple[str, float]:
    """The language with its probability; `preferred` where the sound leaves doubt."""
    language = max(shares, key=lambda code: shares[code])
    needed = SURE_OF_A_LANGUAGE if duration_s >= SHORT_S else SURE_OF_A_SHORT_ONE
    if preferred in shares and shares[language] < needed:
        language = preferred
    return language, shares[language]


def _decode(
    model: WhisperModel,
    encoded: Any,
    decoder: WhisperDecoder | None,
    language: str,
    duration_s: float,
    expected: str = "",
) -> _Attempt:
    from faster_whisper.tokenizer import Tokenizer

    try:
        tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language)
    except ValueError as error:
        raise EngineError(
            f"Whisper does not know the language {language!r}.",
            'Set hearing.language to "auto" or a code such as "en".',
        ) from error
    prompt = model.get_prompt(tokenizer, [], without_timestamps=False, hotwords=expected or None)
    bound = min(math.ceil(duration_s * TOKENS_PER_S) + SPARE_TOKENS, model.max_length // 2)
    if decoder:
        written = decoder.write(prompt, _rules(model, tokenizer, decoder.vocabulary), bound)
    else:
        written = _write(model, encoded, tokenizer, prompt, bound)
    tokens = written.tokens
    complete = len(tokens) < bound
    spoken, beyond = _split_at_end_of_speech(tokens, tokenizer, duration_s)
    text, tail = (_text(part, tokenizer) for part in (spoken, beyond))
    if complete and not _repeats(text, tail):
        text = f"{text} {tail}".strip()
    return _Attempt(text, written.log_probability, written.no_speech, complete or bool(beyond))


def _rules(model: WhisperModel, tokenizer: Tokenizer, vocabulary: int) -> TokenRules:
    from faster_whisper.transcribe import get_suppressed_tokens

    return TokenRules(
        start=tokenizer.sot,
        end=tokenizer.eot,
        first_timestamp=tokenizer.timestamp_begin,
        no_speech=tokenizer.no_speech,
        vocabulary=vocabulary,
        suppressed=get_suppressed_tokens(tokenizer, [-1]),
    )


def _write(model: WhisperModel, encoded: Any, tokenizer: Tokenizer, prompt: list[int], bound: int) -> Written:
    """As WhisperDecoder.write, by CTranslate2."""
    from faster_whisper.transcribe import get_suppressed_tokens

    result = model.model.generate(
        encoded,
        [prompt],
        beam_size=1,
        # CTranslate2 generates at most half of max_length, and no more than the prompt leaves.
        max_length=max(2 * bound, len(prompt) + bound),
        return_scores=True,
        return_no_speech_prob=True,
        suppress_blank=True,
        suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        max_initial_timestamp_index=LATEST_BEGINNING,
    )[0]
    tokens: list[int] = result.sequences_ids[0]
    return Written(tokens, result.scores[0] * len(tokens) / (len(tokens) + 1), result.no_speech_prob)


def _text(tokens: list[int], tokenizer: Tokenizer) -> str:
    text: str = tokenizer.decode([token for token in tokens if token < tokenizer.eot])
    return text.strip()


def _split_at_end_of_speech(tokens: list[int], tokenizer: Tokenizer, duration_s: float) -> tuple[list[int], list[int]]:
    """The tokens up to the timestamp at which the speech ends, and those behind it."""
    first_text = next((i for i, token in enumerate(tokens) if token < tokenizer.timestamp_begin), len(tokens))
    for index in range(first_text, len(tokens)):
        at_s = (tokens[index] - tokenizer.timestamp_begin) * SECONDS_PER_TIMESTAMP
        if at_s >= duration_s - END_SLACK_S:
            return tokens[:index], tokens[index:]
    return tokens, []


def _repeats(text: str, tail: str) -> bool:
    """True if `tail` begins with words that stand in `text` already: a loop, and not the end of a sentence."""
    opening = " ".join(tail.lower().split()[:3])
    return bool(opening) and opening in text.lower()
