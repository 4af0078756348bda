"""The figures of the closing notes, measured on real parts: python -m tests.bench.measure WHAT [options]

Each WHAT starts its own sound server and `companion talk`, or runs the transcriber alone, and prints one
JSON object. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from companion.backends.whisper import WhisperTranscriber
from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.settings import Settings
from companion.diagnostics.live.how_far import HowFar
from companion.diagnostics.live.scripts import STORY
from companion.diagnostics.live.sections import FAINT_S, UNDISTURBED
from companion.her_voices import make_synthesizer, resolve_model
from tests.bench.everyday import QUESTIONS, SENTENCES
from tests.endtoend.live import LARGE, SMALL, Talk, at_rate, espeak, storyteller, talking
from tests.endtoend.sound import onset_s, silent_from_s, spoken_part
from tests.endtoend.words import error_rate, plain, word_distance
from tests.sound_server import SoundServer, running_sound_server

Figures = dict[str, Any]


class Voice:
    """The starter voice at 16 kHz."""

    def __init__(self) -> None:
        self._synthesizer = make_synthesizer(Settings())

    def say(self, text: str) -> Samples:
        return at_rate(self._synthesizer.voice(text).samples, self._synthesizer.rate_hz) * np.float32(0.5)


def transcriber(name: str) -> WhisperTranscriber:
    return WhisperTranscriber(resolve_model(name, "transcriber"))


def hearing(folder: Path, options: argparse.Namespace) -> Figures:
    """Word error rates of the transcribers on everyday sentences, by voice."""
    voice = Voice()
    speakers: dict[str, Callable[[str], Samples]] = {
        "piper": voice.say,
        "espeak": lambda text: espeak(text, folder),
    }
    padding = silence(0.3, HEARING_RATE_HZ)
    figures: Figures = {}
    for model in ("whisper-base", "whisper-tiny.en"):
        ears = transcriber(model)
        ears.warm_up()
        rates: list[float] = []
        for name, say in speakers.items():
            heard = [ears.transcribe(np.concatenate((padding, say(text), padding))).text for text in SENTENCES]
            figures[f"{model}, {name}"] = round(error_rate(" ".join(SENTENCES), " ".join(heard)), 3)
            rates.append(figures[f"{model}, {name}"])
            if options.verbose:
                for said, text in zip(SENTENCES, heard, strict=True):
                    if plain(said) != plain(text):
                        print(f"{model} {name}: {said!r} -> {text!r}", file=sys.stderr)
        figures[model] = round(statistics.mean(rates), 3)
    return figures


def conversation(folder: Path, options: argparse.Namespace) -> Figures:
    """Spoken questions in, spoken answers out: does the recording say what the reply says?"""
    voice, ears = Voice(), transcriber("whisper-base")
    written: list[str] = []
    heard: list[str] = []
    with running_sound_server(folder) as server, talking(folder, _settings(options)) as talk:
        for number in range(options.turns):
            with server.record() as recording:
                server.speak(voice.say(QUESTIONS[number % len(QUESTIONS)]), HEARING_RATE_HZ)
                reply = talk.wait_for("ReplyFinished")["text"]
                talk.wait_for("StateChanged", state="listening")
                recording.wait_for_s(0.3)
            text = ears.transcribe(spoken_part(recording.samples)).text
            written.append(reply)
            heard.append(text)
            if options.verbose:
                print(f"{error_rate(reply, text):.2f} {reply!r} -> {text!r}", file=sys.stderr)
        asked = [event["text"] for event in talk.events if event["event"] == "UserSpoke"]
        faults = [event for event in talk.events if event["event"] == "Faulted"]
    questions = [QUESTIONS[number % len(QUESTIONS)] for number in range(options.turns)]
    return {
        "turns": options.turns,
        "answer_wer": round(error_rate(" ".join(written), " ".join(heard)), 3),
        "question_wer": round(error_rate(" ".join(questions), " ".join(asked)), 3),
        "faults": faults,
    }


def barge_in(folder: Path, options: argparse.Namespace) -> Figures:
    """Speech over her voice: from its onset to silence at the speaker, and the words that history keeps.

    She tells a known story each time, and at first some times to its end, by which it is judged how far she came.
    """
    voice, ears = Voice(), transcriber("whisper-base")
    stop_words = [voice.say("Wait, hold on, I want to say something."), espeak("No, stop, listen to me.", folder)]
    to_silence: list[float] = []
    off_by: list[int] = []
    off_by_whisper: list[int] = []
    with running_sound_server(folder) as server:
        how_far = HowFar(STORY, [_undisturbed(server, folder, options) for _ in range(UNDISTURBED)])
        for number in range(options.turns):
            with (
                server.record() as her,
                server.record("microphone") as user,
                talking(folder, storyteller(folder, options.large), greeted=False) as talk,
            ):
                talk.wait_for("ReplyStarted")
                her.wait_for_s(options.after + 0.37 * number)
                before_s = user.duration_s
                server.speak(stop_words[number % 2], HEARING_RATE_HZ)
                cut = talk.wait_for("ReplyInterrupted")
                her.wait_for_s(1.0)
                onset = user.started_s + onset_s(user.samples, before_s)
                samples = her.samples
            quiet = her.started_s + silent_from_s(samples, onset - her.started_s)
            to_silence.append(quiet - onset)
            told = spoken_part(samples[: round((quiet - her.started_s) * HEARING_RATE_HZ)])
            heard = how_far(samples[: round((quiet - her.started_s + FAINT_S) * HEARING_RATE_HZ)])
            by_whisper = ears.transcribe(told).text
            off_by.append(word_distance(cut["heard"], heard))
            off_by_whisper.append(word_distance(cut["heard"], by_whisper))
            if options.keep:
                _keep(options.keep / f"{number:02}", samples, quiet - her.started_s, cut)
            if options.verbose:
                kept = f"...{cut['heard'][-40:]!r} | {cut['unheard'][:30]!r}"
                print(f"{quiet - onset:.3f} s, off by {off_by[-1]}: {kept} -> ...{heard[-40:]!r}", file=sys.stderr)
    return {
        "tries": options.turns,
        "stopped": len(to_silence),
        "to_silence_p50_ms": round(float(np.percentile(to_silence, 50)) * 1000),
        "to_silence_p90_ms": round(float(np.percentile(to_silence, 90)) * 1000),
        "heard_words_exact": off_by.count(0),
        "heard_words_off_by": off_by,
        "heard_words_exact_by_whisper": off_by_whisper.count(0),
        "heard_words_off_by_by_whisper": off_by_whisper,
    }


def _keep(file: Path, samples: Samples, quiet_s: float, cut: dict[str, Any]) -> None:
    """For who wants to listen: what was recorded of her, and what she believes."""
    import soundfile

    file.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(file.with_suffix(".wav"), samples, HEARING_RATE_HZ, subtype="PCM_16")
    told = {"silent_from_s": quiet_s, "heard": cut["heard"], "unheard": cut["unheard"]}
    file.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")


def _undisturbed(server: SoundServer, folder: Path, options: argparse.Namespace) -> Samples:
    with server.record() as her, talking(folder, storyteller(folder, options.large), greeted=False) as talk:
        talk.wait_for("ReplyFinished")
        her.wait_for_s(0.3)
        return her.samples


def idle(folder: Path, options: argparse.Namespace) -> Figures:
    """Nobody speaks: processor and memory of the program and its language-model server."""
    with running_sound_server(folder), talking(folder, _settings(options)) as talk:
        with _tree_usage(talk) as usage:
            time.sleep(options.seconds)
        peak = sum(_peak_bytes(process) for process in _tree(talk))
    return {"seconds": options.seconds, "cpu_percent_of_one_core": usage["cpu"], "peak_rss_mb": round(peak / 1e6)}


def noise(folder: Path, options: argparse.Namespace) -> Figures:
    """A minute of noise, tones and silence: nothing of it may become a turn."""
    import soundfile

    file = folder / "noise.wav"
    soundfile.write(file, minute_of_nothing(), HEARING_RATE_HZ, subtype="PCM_16")
    talk = Talk(folder, _settings(options), "--mic", str(file), "--fast")
    code = talk.process.wait(timeout=300)
    names = [event["event"] for event in talk.events]
    return {"exit_code": code, "user_turns": names.count("UserSpoke"), "onsets": names.count("SpeechStarted")}


def minute_of_nothing() -> Samples:
    """60 s at 16 kHz: silence, white and brown noise, chords that come and go, clicks, hum."""
    rng = np.random.default_rng(7)
    t = np.arange(10 * HEARING_RATE_HZ) / HEARING_RATE_HZ
    white = 0.05 * rng.standard_normal(len(t))
    brown = np.cumsum(rng.standard_normal(len(t)))
    brown = 0.2 * (brown - np.convolve(brown, np.ones(4000) / 4000, "same")) / 40.0
    chords = sum(np.sin(2 * np.pi * f * t) for f in (220.0, 277.2, 329.6, 440.0)) * 0.08 * (np.sin(np.pi * t) ** 2)
    notes_hz = 220.0 * 2 ** (rng.integers(0, 12, 40)[(t * 4).astype(int)] / 12)
    melody = 0.2 * np.sin(2 * np.pi * np.cumsum(notes_hz) / HEARING_RATE_HZ)
    clicks = 0.5 * (rng.random(len(t)) > 0.9997)
    hum = 0.1 * np.sign(np.sin(2 * np.pi * 50.0 * t))
    parts = [white, brown, chords, melody, clicks, hum]
    whole: Samples = np.concatenate([np.asarray(part, dtype=np.float32) for part in parts])
    return whole.clip(-1.0, 1.0)


def soak(folder: Path, options: argparse.Namespace) -> Figures:
    """A long scripted conversation in audio time, as fast as it computes: threads, tasks and memory."""
    import soundfile

    voice = Voice()
    file = folder / "long.wav"
    with soundfile.SoundFile(file, "w", HEARING_RATE_HZ, 1, subtype="PCM_16") as out:
        while out.tell() < options.minutes * 60 * HEARING_RATE_HZ:
            for question in QUESTIONS:
                out.write(np.concatenate((voice.say(question), silence(12.0, HEARING_RATE_HZ))))
    talk = Talk(folder, _settings(options), "--mic", str(file), "--fast")
    samples: list[tuple[float, list[int], int]] = []
    while talk.process.poll() is None:
        events = talk.events
        if events:
            tree = _tree(talk)
            with suppress(psutil.NoSuchProcess):
                resident = [process.memory_info().rss for process in tree]
                samples.append((events[-1]["at_s"], resident, tree[0].num_threads()))
        time.sleep(1.0)
    early = [resident for at_s, resident, _ in samples if 240 <= at_s <= 360]
    late = [resident for at_s, resident, _ in samples if at_s >= samples[-1][0] - 240]
    growth = [_median_mb(late, number) - _median_mb(early, number) for number in (0, 1)]
    threads = [count for at_s, _, count in samples if at_s > 60]
    names = [event["event"] for event in talk.events]
    return {
        "exit_code": talk.process.returncode,
        "audio_minutes": round(talk.events[-1]["at_s"] / 60, 1),
        "user_turns": names.count("UserSpoke"),
        "faults": names.count("Faulted"),
        "memory_growth_mb_after_5_min": round(sum(growth), 1),
        "of_it_program_and_language_model_server": [round(part, 1) for part in growth],
        "memory_mb_at_the_end": [round(_median_mb(late, number)) for number in (0, 1)],
        "threads_min_max": [min(threads), max(threads)],
    }


def _median_mb(resident: list[list[int]], process: int) -> float:
    return statistics.median(sizes[process] for sizes in resident if len(sizes) > process) / 1e6


def _settings(options: argparse.Namespace) -> str:
    return LARGE if options.large else SMALL


def _tree(talk: Talk) -> list[psutil.Process]:
    root = psutil.Process(talk.process.pid)
    return [root, *root.children(recursive=True)]


@contextmanager
def _tree_usage(talk: Talk) -> Iterator[dict[str, float]]:
    tree = _tree(talk)

    def spent() -> float:
        return float(sum(process.cpu_times().user + process.cpu_times().system for process in tree))

    usage = {"cpu": 0.0}
    before, began = spent(), time.monotonic()
    yield usage
    usage["cpu"] = round(100 * (spent() - before) / (time.monotonic() - began), 2)


def _peak_bytes(process: psutil.Process) -> int:
    """Highest resident set so far, as Linux keeps it."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


WHAT = {f.__name__.replace("_", "-"): f for f in (hearing, conversation, barge_in, idle, noise, soak)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("--large", action="store_true", help="base + Qwen2.5-1.5B instead of tiny.en + SmolLM2")
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--after", type=float, default=2.0, help="seconds into her reply at which she is interrupted")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the recordings of barge-ins here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({options.what: WHAT[options.what](Path(folder), options)}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
