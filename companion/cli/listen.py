"""`companion listen`: what she hears in a sound file, or on the microphone."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import replace
from pathlib import Path

from companion.app import make_transcriber
from companion.backends.wav_files import read_wav
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, seconds
from companion.core.engines import Transcriber, Transcript, VoiceActivity
from companion.core.errors import UsageError
from companion.talk.phantoms import is_phantom, said_once
from companion.talk.spoken_parts import spoken_parts

LONGEST_S = 60
"""What is heard on the microphone is kept in memory."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "listen",
        help="print what is said in a sound file, or on the microphone",
        description="Print the transcript of FILE.wav, or of one sentence that you say to the microphone of the"
        " settings. Prints an empty line if nothing is said.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("file", type=Path, metavar="FILE.wav", nargs="?")
    source.add_argument("--microphone", action="store_true", help="hear one sentence on the microphone")
    parser.add_argument(
        "--seconds", type=float, default=8.0, metavar="S", help="with --microphone: listen for so long at most (8)"
    )
    parser.add_argument("--play-back", action="store_true", help="with --microphone: play what was recorded")
    parser.add_argument(
        "--json",
        action="store_true",
        help="with language and confidence; with --microphone lines of level_db, words, then text",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was said. Raises AudioFileError, DeviceError or ModelError."""
    if args.microphone:
        return _hear_microphone(args)
    from companion.backends.silero import SileroActivity

    samples = _at_hearing_rate(*read_wav(args.file))
    transcript, ignored = hear(samples, make_transcriber(args.settings), SileroActivity())
    print(_record(transcript, ignored) if args.json else transcript.text)
    return 0


def hear(samples: Samples, transcriber: Transcriber, activity: VoiceActivity) -> tuple[Transcript, str | None]:
    """What is said in `samples` (16 kHz), part by part; and why that is nothing, if it is.

    Its language and its probability are those of the longest part, its confidence is that of all, by their length.
    """
    heard: list[tuple[float, Transcript]] = []
    ignored: str | None = None
    for part in spoken_parts(samples, activity) or [samples]:
        transcript, length_s = transcriber.transcribe(part), seconds(part, HEARING_RATE_HZ)
        if phantom := is_phantom(transcript, length_s, level_db(part)):
            ignored = phantom
            empty = replace(transcript, text="")
        else:
            heard.append((length_s, replace(transcript, text=said_once(transcript.text, length_s))))
    if not heard:
        return empty, ignored
    _, longest = max(heard, key=lambda one: one[0])
    confidence = sum(length_s * one.confidence for length_s, one in heard) / sum(length_s for length_s, _ in heard)
    text = " ".join(one.text for _, one in heard)
    return replace(longest, text=text, confidence=confidence, no_speech=min(one.no_speech for _, one in heard)), None


def _hear_microphone(args: argparse.Namespace) -> int:
    from companion.cli.microphone_test import try_microphone

    if not 0 < args.seconds <= LONGEST_S:
        raise UsageError(f"--seconds cannot be {args.seconds:g}.", f"Give a number up to {LONGEST_S}.")

    def tell(record: dict[str, object]) -> None:
        if args.json:
            print(json.dumps(record, ensure_ascii=False), flush=True)
        elif "text" in record:
            print(record["text"], flush=True)

    asyncio.run(try_microphone(args.settings, args.seconds, args.play_back, tell))
    return 0


def _at_hearing_rate(samples: Samples, rate_hz: int) -> Samples:
    import numpy as np
    import soxr

    return np.asarray(soxr.resample(samples, rate_hz, HEARING_RATE_HZ), dtype=np.float32)


def _record(transcript: Transcript, ignored: str | None) -> str:
    record = {
        "text": transcript.text,
        "language": transcript.language,
        "confidence": round(transcript.confidence, 3),
        "no_speech": round(transcript.no_speech, 3),
        "ignored": ignored,
    }
    return json.dumps(record, ensure_ascii=False)
