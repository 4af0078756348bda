"""Kills each engine elsewhere in mid-turn, ten times: `python -m tests.bench.killed_engines [ROUNDS]`.

The servers are real and processes of their own: llama.cpp's with SmolLM2, Whisper tiny.en and Piper behind OpenAI's
protocol, and wyoming-faster-whisper and wyoming-piper; only Ollama, which cannot be had here, is our small one. Each is
killed (SIGKILL) at a random moment of a turn. What is measured, in seconds from there: until the person is told, until
the turn goes on with this computer, whose engine is loaded only then, and if the next turn works.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, aclosing, contextmanager
from dataclasses import dataclass, field

import numpy as np
import psutil

from companion.app import make_transcriber
from companion.backends.fallback import FallbackSynthesizer, FallbackTranscriber
from companion.backends.fallback_mind import FallbackMind
from companion.backends.llama_cpp import LlamaCpp
from companion.backends.ollama import Ollama
from companion.backends.openai_http import Server
from companion.backends.openai_mind import OpenAiMind
from companion.backends.openai_speech import OpenAiTranscriber, OpenAiVoice
from companion.backends.wyoming_synthesizer import WyomingSynthesizer
from companion.backends.wyoming_transcriber import WyomingTranscriber
from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import AsWritten, LanguageModel, Message, ReplyLimits, Tone
from companion.core.settings import Hearing, Settings
from companion.her_voices import make_synthesizer
from tests.served import gguf, llama_server, server_of
from tests.wyoming_servers import piper_server, whisper_server

WITHIN_S = 3.0
QUESTION = [Message("user", "Tell me how you would cook leek soup.")]
SENTENCE = "I went to the shop this morning, and it was closed all day."
SETTINGS = Settings(hearing=Hearing(transcriber="whisper-tiny.en"))


@dataclass
class Killed:
    """One turn in which an engine was killed."""

    part: str
    killed_s: float = 0.0
    told_s: float | None = None
    """Seconds from the kill until a person is told; None: never."""
    went_on_s: float | None = None
    """Seconds from the kill until the turn went on, or was over."""
    next_works: bool = False
    notices: list[str] = field(default_factory=list)

    def notice(self, message: str, hint: str) -> None:
        self.notices.append(message)
        self.told_s = self.told_s or time.monotonic() - self.killed_s

    @property
    def well(self) -> bool:
        """Whether it is as it should be: answered or told in time, and the next turn works."""
        told = self.told_s is not None and self.told_s <= WITHIN_S
        return (told or (self.went_on_s or WITHIN_S + 1) <= WITHIN_S) and self.went_on_s is not None and self.next_works


async def kill_mind(chance: random.Random) -> Killed:
    async with llama_server() as process:
        return await _kill_while_it_writes(chance, "mind", OpenAiMind(server_of(process)), process.pid)


async def kill_ollama(chance: random.Random) -> Killed:
    with _process("tests.fakes.ollama_process") as (pid, address):
        return await _kill_while_it_writes(chance, "Ollama", Ollama(address, "qwen2.5:3b"), pid)


async def _kill_while_it_writes(chance: random.Random, part: str, remote: LanguageModel, pid: int) -> Killed:
    """The kill comes after a random number of pieces, none among them."""
    killed = Killed(part)
    mind = FallbackMind(remote, lambda: LlamaCpp(gguf(), "smollm2-135m-instruct"), killed.notice)
    await mind.open()
    await mind.warm_up(QUESTION)
    while not killed.killed_s:  # a short reply may be over before
        after = chance.randrange(0, 15)
        if after == 0:
            _kill(pid, killed)
        said = 0
        async with aclosing(mind.reply(QUESTION, ReplyLimits(60))) as pieces:
            async for piece in pieces:
                said += 1
                if said == after:
                    _kill(pid, killed)
                elif killed.notices and killed.went_on_s is None and not isinstance(piece, AsWritten):
                    killed.went_on_s = time.monotonic() - killed.killed_s
    async with aclosing(mind.reply([Message("user", "And then?")], ReplyLimits(8))) as pieces:
        killed.next_works = bool([piece async for piece in pieces])
    await mind.close()
    return killed


def kill_hearing(chance: random.Random, speech: Samples) -> Killed:
    killed = Killed("hearing")
    with speech_server() as (process, address):
        remote = OpenAiTranscriber(Server.at(address, "", 5.0, "speech to text", "elsewhere.hearing"))
        ear = FallbackTranscriber(remote, lambda: make_transcriber(SETTINGS), killed.notice)
        ear.warm_up()
        _in_mid_turn(chance, process, killed, lambda: ear.transcribe(speech).text)
        killed.next_works = "shop" in ear.transcribe(speech).text
    return killed


def kill_voice(chance: random.Random) -> Killed:
    killed = Killed("voice")
    with speech_server() as (process, address):
        remote = OpenAiVoice(Server.at(f"{address}#tts-1", "", 5.0, "voice", "elsewhere.voice"))
        voice = FallbackSynthesizer(remote, lambda: make_synthesizer(SETTINGS), killed.notice)
        voice.warm_up()
        _in_mid_turn(chance, process, killed, lambda: len(voice.voice(SENTENCE).samples) > voice.rate_hz)
        killed.next_works = len(voice.voice(SENTENCE).words) == len(SENTENCE.split())
    return killed


def kill_wyoming_hearing(chance: random.Random, speech: Samples) -> Killed:
    killed = Killed("Wyoming hearing")
    with whisper_server() as server:
        remote = WyomingTranscriber(server.address)
        ear = FallbackTranscriber(remote, lambda: make_transcriber(SETTINGS), killed.notice)
        ear.warm_up()
        _in_mid_turn(chance, server.process.pid, killed, lambda: ear.transcribe(speech).text)
        killed.next_works = "shop" in ear.transcribe(speech).text
    return killed


def kill_wyoming_voice(chance: random.Random) -> Killed:
    killed = Killed("Wyoming voice")
    with piper_server() as server:
        remote = WyomingSynthesizer(server.address, Tone())
        voice = FallbackSynthesizer(remote, lambda: make_synthesizer(SETTINGS), killed.notice)
        voice.warm_up()
        pid = server.process.pid
        _in_mid_turn(chance, pid, killed, lambda: len(voice.voice(SENTENCE).samples) > voice.rate_hz)
        killed.next_works = len(voice.voice(SENTENCE).words) == len(SENTENCE.split())
    return killed


def speech_server() -> AbstractContextManager[tuple[int, str]]:
    """Whisper and Piper behind OpenAI's protocol."""
    return _process("tests.fakes.speech_server")


@contextmanager
def _process(module: str) -> Iterator[tuple[int, str]]:
    """Its number, and the address that it prints."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        try:
            yield process.pid, process.stdout.readline().strip()
        finally:
            process.kill()


def _in_mid_turn(chance: random.Random, pid: int, killed: Killed, turn: Callable[[], object]) -> None:
    """Kill process `pid` while the turn is under way: it is asked for until the kill has come into one."""
    import threading

    at = threading.Timer(chance.uniform(0.01, 0.25), _kill, (pid, killed))
    at.start()
    while not killed.notices:
        done = turn()
        assert done, "nothing came of the turn"
    killed.went_on_s = time.monotonic() - killed.killed_s
    at.join()


def _kill(pid: int, killed: Killed) -> None:
    killed.killed_s = time.monotonic()
    psutil.Process(pid).kill()


def _speech() -> Samples:
    import soxr

    voice = make_synthesizer(SETTINGS)
    sound = voice.voice(SENTENCE).samples
    return np.asarray(0.5 * soxr.resample(sound, voice.rate_hz, HEARING_RATE_HZ), dtype=np.float32)


async def rounds(count: int, seed: int = 0) -> list[Killed]:
    chance, speech = random.Random(seed), await asyncio.to_thread(_speech)
    results = []
    for _ in range(count):
        results.append(await kill_mind(chance))
        results.append(await kill_ollama(chance))
        results.append(await asyncio.to_thread(kill_hearing, chance, speech))
        results.append(await asyncio.to_thread(kill_voice, chance))
        results.append(await asyncio.to_thread(kill_wyoming_hearing, chance, speech))
        results.append(await asyncio.to_thread(kill_wyoming_voice, chance))
    return results


def main() -> None:
    results = asyncio.run(rounds(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
    for part in ("mind", "Ollama", "hearing", "voice", "Wyoming hearing", "Wyoming voice"):
        mine = [result for result in results if result.part == part]
        told = [result.told_s for result in mine if result.told_s is not None]
        went_on = [result.went_on_s for result in mine if result.went_on_s is not None]
        print(
            f"{part}: {sum(result.well for result in mine)} of {len(mine)} well; told after at most"
            f" {max(told, default=0):.2f} s; went on here after {np.median(went_on):.2f} s,"
            f" at most {max(went_on):.2f} s; next turn works {sum(result.next_works for result in mine)} of {len(mine)}"
        )
    sys.exit(not all(result.well for result in results))


if __name__ == "__main__":
    main()
