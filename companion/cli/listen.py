"""`companion listen`: what she hears in a sound file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from companion.app import make_transcriber
from companion.backends.wav_files import read_wav
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, seconds
from companion.core.engines import Transcript
from companion.talk.phantoms import is_phantom


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "listen",
        help="print what is said in a sound file",
        description="Print the transcript of FILE.wav. Prints an empty line if nothing is said in it.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.wav")
    parser.add_argument("--json", action="store_true", help="with language and confidence")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    samples = _at_hearing_rate(*read_wav(args.file))
    transcript = make_transcriber(args.settings).transcribe(samples)
    phantom = is_phantom(transcript, seconds(samples, HEARING_RATE_HZ), level_db(samples))
    print(_record(transcript, phantom) if args.json else ("" if phantom else transcript.text))
    return 0


def _at_hearing_rate(samples: Samples, rate_hz: int) -> Samples:
    import numpy as np
    import soxr

    return np.asarray(soxr.resample(samples, rate_hz, HEARING_RATE_HZ), dtype=np.float32)


def _record(transcript: Transcript, phantom: str | None) -> str:
    record = {
        "text": "" if phantom else transcript.text,
        "language": transcript.language,
        "confidence": round(transcript.confidence, 3),
        "no_speech": round(transcript.no_speech, 3),
        "ignored": phantom,
    }
    return json.dumps(record, ensure_ascii=False)
