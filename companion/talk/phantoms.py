"""Whisper's phantoms: what it writes when nobody spoke, and the loops it falls into.

It learnt the phrases from subtitles; users of Whisper report them over and over. The list is gathered by
hand, and the thresholds for doubtful phrases are chosen, not measured, where no source is named.
"""

from __future__ import annotations

import re

from companion.core.engines import Transcript

NO_SPEECH_DOUBT = 0.6
"""Above this probability of no speech, a polite phrase is a phantom (Whisper's default no_speech_threshold)."""
CONFIDENCE_DOUBT = 0.37
"""Below this mean token probability, a polite phrase is a phantom (Whisper's own floor, a mean log of -1)."""
SHORTEST_PHRASE_S = 0.3
"""Nobody says a polite phrase in less sound than this."""
FAINT_DB = -50.0
"""Sound fainter than this (dB of full scale) is room noise, not somebody who thanks her."""
FASTEST_WORDS_PER_S = 8.0
"""More words a second than this were not spoken: fast talkers reach five or six."""

_LOOP_WORDS = 8
_LOOP_TIMES = 3

_CERTAIN = re.compile(
    r"""
      (?:thank\ you|thanks)\ (?:guys\ )?(?:so\ much\ |very\ much\ )?for\ watching
        (?:\ (?:this|the|my)\ video)?(?:\ (?:and|please|don't|i'll|see|bye|subscribe|if)\b.{0,60})?
    | (?:please\ )?(?:don't\ forget\ to\ )?(?:like\ )?(?:share\ )?(?:comment\ )?(?:and\ )?subscribe
        (?:\ to\ (?:my|our|the)\ channel\b.{0,60})?
    | (?:i'll\ )?see\ you\ (?:guys\ )?in\ the\ next\ (?:video|episode).{0,40}
    | (?:subtitles?|captions?|transcripts?|transcription|translation|subtitled|captioned|transcribed)\ by\ .{0,80}
    | .{0,40}\bamara\ ?org\b.{0,40}
    | sous-?\ ?titrage\ .{0,60} | sous-?\ ?titres\ (?:réalisés\ |par\ |fait).{0,60}
    | merci\ d'avoir\ regardé.{0,40}
    | untertitel\ (?:der|im\ auftrag|von|des).{0,60} | vielen\ dank\ fürs\ zuschauen
    | subtítulos\ (?:realizados\ )?por\ .{0,60} | gracias\ por\ ver\ el\ v[ií]deo
    | sottotitoli\ .{0,10}(?:creati|a\ cura).{0,60} | legendas\ pela\ .{0,60}
    | ondertitel\w*\ (?:ingediend\ )?(?:door|tv).{0,60} | napisy\ (?:stworzone|by)\ .{0,60}
    | (?:редактор|корректор)\ субтитров\ .{0,80} | субтитры\ (?:сделал|создавал|делал).{0,60} | продолжение\ следует
    | altyazı\ m\ ?k | textning\ .{0,40}
    | (?:ご視聴|最後までご視聴).{0,20} | チャンネル登録.{0,20} | 字幕\ ?(?:by|由|製作|制作|志愿者|志願者|提供).{0,20}
    | 請不吝點贊.{0,40} | 请不吝点赞.{0,40}
    | 시청해\ ?주셔서\ 감사합니다 | 구독과\ 좋아요.{0,20} | mbc\ 뉴스.{0,20}
    """,
    re.VERBOSE | re.DOTALL,
)
"""Said by no one to a companion: a phantom whatever the confidence."""

_POLITE = re.compile(
    r"(?:thank you(?: (?:so|very) much)? ?)+|thanks|you|bye(?:[ -]?bye)*|goodbye|okay|oh|ah|uh|um|hmm?|mm+|mhm"
    r"|so|and|the|i|i'm|i'm sorry|see you(?: (?:next time|later))?|god bless you|peace|merci|danke|gracias|tak|obrigado"
    r"|はい|ありがとうございました|谢谢"
)
"""Real turns, and phantoms too: the sound must vouch for them."""

_FRAGMENT = re.compile(r"i|i'm|you|the|and|a|an|of|to|it's|in|is|so|that's")
"""No turn when said over and over: people repeat "no", "please" or "wow"."""

_NOT_SPEECH = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|\*[^*]*\*|[♪♫🎵🎶][^♪♫🎵🎶]*[♪♫🎵🎶]|[♪♫🎵🎶]")
_UNSPACED_LOOP = re.compile(r"([\u3040-\u30ff\u3400-\u9fff、。！？]{2,20}?)\1{3,}")
_MARKS = re.compile(r"[^\w\s'’-]+")


_MOST_WORDS_PER_S = 8.0
_LEAST_WORDS = 2
"""Hurried speech has 6 words a second; words of which a recording holds a part count, too."""


def is_phantom(transcript: Transcript, duration_s: float, level_db: float | None = None) -> str | None:
    """Why `transcript` is no turn: a short reason without any of its words; None if somebody spoke.

    `duration_s`: seconds of sound that were transcribed; `level_db`: its level in dB of full scale.
    """
    if not _has_letter_or_digit(transcript.text):
        return "no words in it"
    spoken = _NOT_SPEECH.sub(" ", transcript.text)
    if not _has_letter_or_digit(spoken):
        return "a sound, not speech"
    words = _words(collapse_repetition(spoken))
    if len(words.split()) > _LEAST_WORDS + _MOST_WORDS_PER_S * duration_s:
        return "more words than can be said in that time"
    if _CERTAIN.fullmatch(words):
        return "a subtitle's closing words"
    if _is_loop(spoken) and (_FRAGMENT.fullmatch(words) or _doubtful(transcript, duration_s, level_db, spoken)):
        return "a phrase repeated without end"
    if _POLITE.fullmatch(words) and _doubtful(transcript, duration_s, level_db, spoken):
        return "a polite phrase that nobody said"
    return None


def collapse_repetition(text: str) -> str:
    """`text` with each phrase of 1 to 8 words that is said three or more times in a row said once.

    Case and punctuation do not matter to what is the same; the last copy is kept. Japanese and
    Chinese phrases, which have no spaces, are cut from four times on.
    """
    written = _UNSPACED_LOOP.sub(r"\1", text).split()
    plain = [_words(word) for word in written]
    kept: list[str] = []
    at = 0
    while at < len(written):
        length, times = _loop_at(plain, at)
        end = at + length * times
        kept += written[end - length : end]
        at = end
    return " ".join(kept)


_ONCE_WORDS_PER_S = 5.0
"""Nobody says a sentence twice at this rate; hurried English has 4."""


_SHORTEST_REPEATED = 3
_SURELY_REPEATED = 6
"""Nobody says so many words twice in the same breath."""


def said_once(text: str, duration_s: float) -> str:
    """`text` without the second of two equal ends: a long phrase, or one of three words or more that came too fast.

    Short contexts make Whisper repeat a turn, or its last sentence, now and then.
    """
    words = text.split()
    plain = list(map(_words, words))
    too_fast = len(words) > _ONCE_WORDS_PER_S * duration_s
    for length in range(len(words) // 2, (_SHORTEST_REPEATED if too_fast else _SURELY_REPEATED) - 1, -1):
        if plain[-2 * length : -length] == plain[-length:]:
            return " ".join(words[: -2 * length] + words[-length:])
    return text


def _loop_at(plain: list[str], at: int) -> tuple[int, int]:
    """The shortest loop that begins at `at`, as words and times; (1, 1) where there is none."""
    for length in range(1, _LOOP_WORDS + 1):
        phrase = plain[at : at + length]
        times = 1
        while plain[at + times * length : at + (times + 1) * length] == phrase:
            times += 1
        if times >= _LOOP_TIMES and any(phrase):
            return length, times
    return 1, 1


def _is_loop(text: str) -> bool:
    return 2 * len("".join(collapse_repetition(text).split())) < len("".join(text.split()))


def _doubtful(transcript: Transcript, duration_s: float, level_db: float | None, spoken: str) -> bool:
    return (
        transcript.no_speech > NO_SPEECH_DOUBT
        or transcript.confidence < CONFIDENCE_DOUBT
        or duration_s < SHORTEST_PHRASE_S
        or (level_db is not None and level_db < FAINT_DB)
        or len(spoken.split()) > FASTEST_WORDS_PER_S * max(duration_s, 0.5)
    )


def _words(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).replace("’", "'").lower().split()).strip("-' ")


def _has_letter_or_digit(text: str) -> bool:
    return any(map(str.isalnum, text))
