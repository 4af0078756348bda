"""`companion say`: hear her voice, or keep it in a file."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from companion.core.audio import Samples, silence
from companion.core.engines import Speaker, Synthesizer
from companion.core.errors import SettingsError, UsageError
from companion.core.settings import Settings
from companion.her_voices import make_synthesizer
from companion.live_settings import changed_settings
from companion.sound import is_sound_file
from companion.talk.clauses import ClauseSplitter
from companion.talk.spoken_form import speakable


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "say",
        help="speak a text with her voice",
        description="Speak TEXT with her voice. Markdown, numbers, dates and the like are read as a person would.",
    )
    parser.add_argument("text", metavar="TEXT", help="what to say; - reads it from standard input")
    parser.add_argument("--out", type=Path, metavar="FILE.wav", help="write the sound to a file instead of playing it")
    parser.add_argument("--speaker", default="", metavar="DEVICE", help="where to play it (see `companion devices`)")
    parser.add_argument("--voice", metavar="NAME", help="another voice (see `companion models`)")
    parser.add_argument("--speed", type=float, metavar="X", help="rate of speech, 0.5 to 2; 1 is the voice's own")
    parser.add_argument("--expressiveness", type=float, metavar="X", help="how much her tone varies, 0 to 1")
    parser.add_argument("--volume", type=float, metavar="X", help="how loud, 0 to 1")
    parser.add_argument(
        "--language", default="", metavar="XX", help="of the text, such as de, where the voice speaks several (Kokoro)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings = _as_asked(args)
    device = args.speaker or settings.voice.speaker
    if args.out is None and is_sound_file(device):
        raise UsageError(f"{device} is a sound file and no speaker.", f"To write her voice to it: --out {device}")
    text = sys.stdin.read() if args.text == "-" else args.text
    synthesizer = make_synthesizer(settings, language=args.language)
    language = args.language or synthesizer.info().language or "en"
    splitter = ClauseSplitter(language[:2])
    spoken = [form for clause in [*splitter.feed(text), *splitter.finish()] if (form := speakable(clause, language))]
    if not spoken:
        raise UsageError("There is nothing to say in that text.", "Give some words.")
    if args.out is not None:
        parts = [synthesizer.voice(form).samples for form in spoken]
        gap = silence(0.2, synthesizer.rate_hz)
        _write(args.out, _joined(parts, gap), synthesizer.rate_hz)
        return 0
    asyncio.run(_play(spoken, synthesizer, device))
    return 0


def _as_asked(args: argparse.Namespace) -> Settings:
    """The settings, with what the options say instead. Raises UsageError."""
    options = {name: getattr(args, name) for name in ("voice", "speed", "expressiveness", "volume")}
    try:
        return changed_settings(
            args.settings, {f"voice.{name}": value for name, value in options.items() if value is not None}
        )
    except SettingsError as error:
        raise UsageError(error.message, error.hint) from error


def _write(path: Path, samples: Samples, rate_hz: int) -> None:
    import soundfile

    try:
        soundfile.write(path, samples, rate_hz, subtype="PCM_16", format="WAV")
    except (OSError, soundfile.LibsndfileError) as error:
        raise UsageError(f"{path} cannot be written.", "Choose a folder that exists and has room.") from error


def _joined(parts: list[Samples], gap: Samples) -> Samples:
    import numpy as np

    return np.concatenate([piece for part in parts for piece in (part, gap)])


async def _play(spoken: list[str], synthesizer: Synthesizer, device: str) -> None:
    from companion.backends.sound_devices import LiveSpeaker

    speaker = LiveSpeaker(device, synthesizer.rate_hz)
    await speaker.open()
    try:
        speaker.begin()
        for form in spoken:
            speaker.play((await asyncio.to_thread(synthesizer.voice, form)).samples)
        await until_heard(speaker)
    finally:
        await speaker.close()


async def until_heard(speaker: Speaker) -> None:
    """Wait until the device has let out the last sample; there is no event for that, only its position."""
    while (left_s := speaker.queued_s) > 0 and not speaker.lost:  # noqa: ASYNC110
        await asyncio.sleep(min(left_s, 0.1))
