"""A sound server of our own, with a speaker and a microphone that are only numbers.

What is spoken into the sink `mic_in` is heard at the source `microphone`, the default; what is played
on the sink `speaker`, the default, can be recorded. Needs pulseaudio and pulseaudio-utils; runs as root
and without dbus. The benchmark and the tests use it; whoever has PortAudio loaded re-initialises it after
the environment has changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from companion.core.audio import Samples
from companion.core.errors import DeviceError

RECORDING_RATE_HZ = 16_000

PROGRAMS = ("pulseaudio", "pactl", "pacat", "parec")

_DEADLINE_S = 15.0
_PLAYING_LATENCY_MS = 300
"""At 20 ms, pacat itself leaves gaps in most sounds on two busy cores (measured)."""

_ALSA_CONFIG = """\
</usr/share/alsa/alsa.conf>
pcm.pulse {
    type pulse
}
ctl.pulse {
    type pulse
}
pcm.!default {
    type pulse
    hint.description "PulseAudio"
}
ctl.!default {
    type pulse
}
"""
# Without norewinds an idle null sink sits at 2 s of latency, and streams stall.
_MODULES = (
    "module-null-sink sink_name=speaker rate=48000 channels=2 norewinds=1",
    "module-null-sink sink_name=mic_in rate=48000 channels=1 channel_map=mono norewinds=1",
    "module-remap-source source_name=microphone master=mic_in.monitor",
)
_DEFAULTS = ("set-default-sink speaker", "set-default-source microphone")


def wait_until(true: Callable[[], bool], what: str, within_s: float = _DEADLINE_S, every_s: float = 0.01) -> None:
    """Return as soon as `true()`. Raises TimeoutError if it is not `within_s`."""
    deadline_s = time.monotonic() + within_s
    while not true():
        if time.monotonic() > deadline_s:
            raise TimeoutError(f"waited {within_s} s for {what}")
        time.sleep(every_s)


class EchoPath(NamedTuple):
    """One way for sound from the speaker to the microphone."""

    delay_s: float
    gain_db: float


class Recording:
    """What a source gave, as it comes: mono, 16 kHz unless another rate is asked for."""

    def __init__(self, source: str, environment: dict[str, str], rate_hz: int = RECORDING_RATE_HZ) -> None:
        self._rate_hz = rate_hz
        options = ["--raw", f"--rate={rate_hz}", "--channels=1", "--format=s16le", "--latency-msec=20"]
        self._process = subprocess.Popen(
            ["parec", "-d", source, *options], stdout=subprocess.PIPE, env=os.environ | environment
        )
        self._pcm = bytearray()
        self._forgotten = 0
        """Bytes that came before what is kept."""
        self._lock = threading.Lock()
        self._started_s = float("inf")
        self._reader = threading.Thread(target=self._read, name=f"record {source}")
        self._reader.start()

    @property
    def samples(self) -> Samples:
        """All that was recorded so far and not forgotten, in [-1, 1]."""
        return self.since(0.0)

    def since(self, start_s: float) -> Samples:
        """What was recorded from `start_s` seconds after its beginning until now; nothing of what is forgotten."""
        with self._lock:
            start = max(0, 2 * round(start_s * self._rate_hz) - self._forgotten)
            whole = bytes(self._pcm[start : len(self._pcm) // 2 * 2])
        return (np.frombuffer(whole, dtype="<i2") / 32768.0).astype(np.float32)

    def forget(self, before_s: float) -> None:
        """Let go of what was recorded sooner than `before_s` seconds after its beginning: a long recording fits."""
        with self._lock:
            count = min(2 * round(before_s * self._rate_hz) - self._forgotten, len(self._pcm) // 2 * 2)
            if count > 0:
                del self._pcm[:count]
                self._forgotten += count

    @property
    def duration_s(self) -> float:
        """Seconds recorded so far, those that are forgotten included."""
        with self._lock:
            return (self._forgotten + len(self._pcm)) / 2 / self._rate_hz

    @property
    def started_s(self) -> float:
        """When the first sample was taken, on the clock of time.monotonic(), to within some 5 ms.

        No piece arrives before its last sample exists, so the piece that came soonest tells the start.
        """
        return self._started_s

    def wait_for_s(self, duration_s: float) -> None:
        """Return once this many more seconds have been recorded."""
        enough_s = self.duration_s + duration_s
        wait_until(lambda: self.duration_s >= enough_s, f"{duration_s} s of recording", duration_s + _DEADLINE_S)

    def stop(self) -> None:
        self._process.terminate()
        self._reader.join()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            while piece := os.read(pipe.fileno(), 65536):
                with self._lock:
                    self._pcm += piece
                self._started_s = min(self._started_s, time.monotonic() - self.duration_s)


class SoundServer:
    """A private PulseAudio in `folder`. Programs that are started with its `environment` see no other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        alsa = folder / "asound.conf"
        alsa.write_text(_ALSA_CONFIG)
        self.environment = {
            "PULSE_SERVER": f"unix:{folder / 'pulse.sock'}",
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_COOKIE": str(folder / "cookie"),
            "ALSA_CONFIG_PATH": str(alsa),
        }

    def start(self) -> None:
        """Start, or start again after `kill`, with the usual devices. Returns when it answers."""
        (self._folder / "pulse.sock").unlink(missing_ok=True)
        script = self._folder / "audio.pa"
        lines = [f"load-module module-native-protocol-unix auth-anonymous=1 socket={self._folder / 'pulse.sock'}"]
        lines += [f"load-module {module}" for module in _MODULES] + list(_DEFAULTS)
        script.write_text("\n".join(lines) + "\n")
        options = ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit=yes"]
        with (self._folder / "pulse.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", "-n", "-F", str(script), *options],
                env=os.environ | self.environment | {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)},
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, "the sound server")

    def kill(self) -> None:
        """End it at once, as in a crash."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Have it hang, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def speak(self, samples: Samples, rate_hz: int) -> None:
        """Play into the microphone; returns when all has been played."""
        self.play(samples, rate_hz, sink="mic_in")

    def speak_if_possible(self, samples: Samples, rate_hz: int) -> None:
        """Speak, for as long as the server lives."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.speak(samples, rate_hz)

    def play(self, samples: Samples, rate_hz: int, sink: str) -> None:
        """Play on a sink; returns when all has been played."""
        with self.playing(samples, rate_hz, sink) as player:
            if code := player.wait():
                raise subprocess.CalledProcessError(code, "pacat")

    @contextlib.contextmanager
    def playing(self, samples: Samples, rate_hz: int, sink: str = "mic_in") -> Iterator[subprocess.Popen[bytes]]:
        """Play on a sink while the block runs; what has not been played when it is left is not played.

        Without a gap: all samples lie in a file before the first is played.
        """
        pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        options = [
            "--raw",
            f"--rate={rate_hz}",
            "--channels=1",
            "--format=s16le",
            f"--latency-msec={_PLAYING_LATENCY_MS}",
        ]
        with tempfile.TemporaryFile(dir=self._folder) as file:
            file.write(pcm)
            file.seek(0)
            player = subprocess.Popen(
                ["pacat", "--playback", "-d", sink, *options], stdin=file, env=os.environ | self.environment
            )
        try:
            yield player
        finally:
            player.kill()
            player.wait()

    @contextlib.contextmanager
    def record(self, source: str = "speaker.monitor", rate_hz: int = RECORDING_RATE_HZ) -> Iterator[Recording]:
        """Record a source while the block runs. The recording has begun when the block is entered."""
        recording = Recording(source, self.environment, rate_hz)
        try:
            recording.wait_for_s(0.1)
            yield recording
        finally:
            recording.stop()

    def listeners(self) -> int:
        """How many streams record from a source at present."""
        return len(self._lines("source-outputs"))

    def add_sink(self, name: str, preferred: bool = False) -> int:
        """Plug in a speaker; returns its number for `unload`. A `preferred` one takes the place of one that goes."""
        properties = ["sink_properties=device.class=sound"] if preferred else []
        options = [f"sink_name={name}", "rate=48000", "norewinds=1", *properties]
        return int(self._pactl("load-module", "module-null-sink", *options))

    def remove_sink(self, name: str) -> None:
        """Unplug a speaker."""
        self._unload_by(f"sink_name={name}")

    def add_source(self, name: str, master: str = "mic_in.monitor") -> int:
        """Plug in a microphone that hears what is played on `master`'s sink; returns its number."""
        return int(self._pactl("load-module", "module-remap-source", f"source_name={name}", f"master={master}"))

    def remove_source(self, name: str) -> None:
        """Unplug a microphone."""
        self._unload_by(f"source_name={name}")

    @contextlib.contextmanager
    def looped_back(self, paths: Iterable[EchoPath]) -> Iterator[None]:
        """Let the microphone hear the speaker while the block runs, on each of `paths`.

        The delays that come of it are some 10 to 60 ms off, in either direction: measure them.
        """
        modules = [self._loop_back(path) for path in paths]
        try:
            yield
        finally:
            for module in modules:
                self._pactl("unload-module", module)

    def _loop_back(self, path: EchoPath) -> str:
        ends = ("source=speaker.monitor", "sink=mic_in", "source_dont_move=1", "sink_dont_move=1", "adjust_time=0")
        latency = f"latency_msec={round(path.delay_s * 1000)}"
        module = self._pactl("load-module", "module-loopback", *ends, latency)
        inputs = json.loads(self._pactl("-f", "json", "list", "sink-inputs"))
        number = next(one["index"] for one in inputs if str(one["owner_module"]) == module)
        self._pactl("set-sink-input-volume", str(number), f"{path.gain_db}dB")
        return module

    def set_default_sink(self, name: str) -> None:
        self._pactl("set-default-sink", name)

    def set_default_source(self, name: str) -> None:
        self._pactl("set-default-source", name)

    def wait_for_use(self, device: str) -> None:
        """Return once a stream is at this sink or source."""
        kind, streams = ("sink", "sink-inputs") if device in self._names("sinks") else ("source", "source-outputs")
        number = next(line.split()[0] for line in self._lines(f"{kind}s") if line.split()[1] == device)
        wait_until(
            lambda: any(line.split()[1] == number for line in self._lines(streams)), f"a stream at the {kind} {device}"
        )

    def _names(self, what: str) -> set[str]:
        return {line.split()[1] for line in self._lines(what)}

    def _lines(self, what: str) -> list[str]:
        return self._pactl("list", "short", what).splitlines()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _unload_by(self, argument: str) -> None:
        for line in self._pactl("list", "short", "modules").splitlines():
            if argument in line.split():
                self._pactl("unload-module", line.split()[0])

    def _answers(self) -> bool:
        return "microphone" in self._run("list", "short", "sources").stdout

    def _pactl(self, *command: str) -> str:
        done = self._run(*command)
        done.check_returncode()
        return done.stdout.strip()

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pactl", *command], env=os.environ | self.environment, capture_output=True, text=True, check=False
        )


@contextlib.contextmanager
def running_sound_server(folder: Path) -> Iterator[SoundServer]:
    """A sound server that runs until the block ends. Raises DeviceError if it is not installed."""
    check_programs()
    server = SoundServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def check_programs() -> None:
    """Raises DeviceError if what this module needs is not installed."""
    if missing := missing_programs():
        raise DeviceError(
            f"A sound server of its own is needed here, and {', '.join(missing)} cannot be found.",
            "Install it: apt install pulseaudio pulseaudio-utils",
        )


def missing_programs() -> list[str]:
    """Which of the programs that this module needs are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]
