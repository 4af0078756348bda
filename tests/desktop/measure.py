"""Figures of the desktop app: how soon it is there, how quick it stays, what it costs, how it ends.

    python -m tests.desktop.measure [--starts 5] [--kills 5] [--quits 20] [--large]

On a desktop and a sound server of its own; whatever else the machine does disturbs. It prints a table and, for what
failed, the reason. Cold starts need root, to make the system forget the files that it has read.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from companion.diagnostics.sound_server import SoundServer, running_sound_server
from tests.desktop.app import since_start_s
from tests.desktop.desktop import Desktop, running_desktop
from tests.desktop.person import SETTINGS, Person, person_at
from tests.endtoend.live import STORY

LARGE = """\
[hearing]
transcriber = "whisper-base"
[mind]
engine = "embedded"
model = "qwen2.5-1.5b-instruct"
max_reply_tokens = 30
[window]
first_run_done = true
"""
FORGET = Path("/proc/sys/vm/drop_caches")
QUESTIONS = ("What makes a good friend?", "What is the capital of France?", "Tell me about the sea.")


class Stage:
    """Starts the app again and again, each time for somebody new."""

    def __init__(self, desktop: Desktop, sound: SoundServer, folder: Path, settings: str) -> None:
        self._desktop = desktop
        self._sound = sound
        self._folder = folder
        self._settings = settings
        self._count = 0

    @contextmanager
    def person(self, more: str = "", before: str = "", measured: bool = True) -> Iterator[Person]:
        """`before` and `more`: settings at the start and at the end of the file; `measured`: see App."""
        self._count += 1
        home = self._folder / str(self._count)
        with person_at(self._desktop, self._sound, home, before + self._settings + more, measured) as person:
            yield person

    def storyteller(self) -> str:
        """Settings of somebody who is told a story of some 17 seconds at the start."""
        persona = self._folder / "storyteller.toml"
        persona.write_text(f'name = "Samantha"\ncharacter = "You are Samantha."\ngreeting = "{STORY}"\n')
        return f'persona = "{persona}"\n'


def main() -> None:
    parser = argparse.ArgumentParser(description="figures of the desktop app")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--quits", type=int, default=20)
    parser.add_argument("--large", action="store_true", help="with the large starter models")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sound").mkdir()
        with running_sound_server(folder / "sound") as sound, running_desktop(folder) as desktop:
            stage = Stage(desktop, sound, folder, LARGE if args.large else SETTINGS)
            measure_starts(stage, args.starts)
            measure_conversation(stage)
            measure_speaking(stage)
            measure_asleep(stage)
            measure_kills(stage, args.kills)
            measure_quits(stage, args.quits)


def measure_starts(stage: Stage, rounds: int) -> None:
    for kind in ("cold", "warm"):
        visible_s: list[float] = []
        ready_s: list[float] = []
        for _ in range(rounds):
            if kind == "cold" and not forget_files():
                break
            with stage.person() as person:
                visible_s.append(float(person.app.wait_for_window_log(window="visible")["at_s"]))
                person.app.wait_for("ConversationStarted")
                ready_s.append(since_start_s(psutil.Process(person.app.process.pid)))
        tell(f"start to window visible, {kind}, s", visible_s)
        tell(f"start to listening, {kind}, s", ready_s)


def forget_files() -> bool:
    """Have the system forget what it has read; False where that is not allowed."""
    try:
        FORGET.write_text("3")
    except OSError:
        return False
    return True


def measure_conversation(stage: Stage) -> None:
    """The delays of the event loop while models load, she talks, and windows open."""
    with stage.person() as person:
        person.app.wait_until_listening()
        for question in QUESTIONS:
            person.say_in_writing(question)
            person.app.wait_for("ReplyFinished")
        person.choose("All that was said")
        person.desktop.window("said|onversation")
        person.choose("Settings")
        person.desktop.window("Settings")
        person.app.quit()
        lag = next(line for line in person.app.window_log() if "lag_ms" in line)
    tell(
        f"event loop's delay over {lag['ticks'] / 100:.0f} s, ms: p50, p99, max",
        list(lag["lag_ms"].values()),
        all_of=True,
    )


def measure_speaking(stage: Stage) -> None:
    with stage.person(before=stage.storyteller(), measured=False) as person:
        person.app.wait_for("ClauseStarted")
        ui = psutil.Process(person.app.process.pid)
        share = cpu_share(ui, lambda: person.app.wait_for("ReplyFinished"))
        tell("processor of the window while she speaks, % of a core", [share])
        tell("memory of the window, MB", [ui.memory_info().rss / 1e6])
        tell("memory of all its processes, MB", [sum(each.memory_info().rss for each in person.app.processes()) / 1e6])


def measure_asleep(stage: Stage) -> None:
    with stage.person(more="[talking]\nsleep_after_minutes = 0.05\n", measured=False) as person:
        person.app.wait_for("FellAsleep")
        ui = psutil.Process(person.app.process.pid)
        person.app.wait_for("StateChanged", state="asleep")
        tell("processor of the window while she sleeps, % of a core", [cpu_share(ui, lambda: time.sleep(20))])
        person.click_tray()
        person.wait_until_shown(False)
        tell("the same, hidden", [cpu_share(ui, lambda: time.sleep(20))])


def cpu_share(process: psutil.Process, run: Callable[[], object]) -> float:
    """Percent of one core that `process` took while `run` ran."""

    def used_s() -> float:
        times = process.cpu_times()
        return float(times.user + times.system)

    began_s, used_before_s = time.monotonic(), used_s()
    run()
    return 100 * (used_s() - used_before_s) / (time.monotonic() - began_s)


def measure_kills(stage: Stage, rounds: int) -> None:
    """From the death of the engine in the middle of a reply until the next one listens."""
    back_s: list[float] = []
    for _ in range(rounds):
        with stage.person() as person:
            person.app.wait_until_listening()
            person.say_in_writing("Tell me a long story about the sea.")
            person.app.wait_for("ClauseStarted")
            began_s = time.monotonic()
            person.app.engine().kill()
            person.app.wait_for("ConversationStarted")
            person.app.wait_for("StateChanged", state="listening")
            back_s.append(time.monotonic() - began_s)
            assert person.reader.says("Tell me a long story about the sea.")
    tell(f"kill -9 of the engine to listening ({len(back_s)} of {rounds} came back), s", back_s)


def measure_quits(stage: Stage, rounds: int) -> None:
    """By menu and by SIGTERM in turn, at different moments of a start and of a greeting."""
    took_s: list[float] = []
    for number in range(rounds):
        with stage.person() as person:
            if number % 4 >= 2:
                person.app.wait_for("ConversationStarted" if number % 8 >= 4 else "ClauseStarted")
            person.app.processes()
            began_s = time.monotonic()
            if number % 2:
                person.choose("Quit")
            else:
                person.app.ask_to_end()
            person.app.left()
            took_s.append(time.monotonic() - began_s)
    tell(f"quit, {len(took_s)} of {rounds} left no process, s", took_s)


def tell(what: str, figures: list[float], all_of: bool = False) -> None:
    """One row: the figure, or all of them; else median, least and most."""
    if not figures:
        values = "not measured"
    elif all_of or len(figures) == 1:
        values = ", ".join(f"{figure:.1f}" for figure in figures)
    else:
        values = f"{statistics.median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})"
    print(f"| {what} | {values} |", flush=True)


if __name__ == "__main__":
    main()
