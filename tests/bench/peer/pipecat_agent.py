"""A voice agent as pipecat's documentation builds one, on local devices, for `companion bench --live --agent both`.

Runs in an environment of its own (requirements.lock here), never in ours. One line of JSON on stdin says
what it is to use: `transcriber` (folder of a faster-whisper model), `voice` (a Piper .onnx file), `system`
(who it is), `max_tokens`, `temperature`; for the language model `mind_address` (an OpenAI-style server), or
where there is none `mind_command`, `mind_environment` and `mind_config`: our llama.cpp server, which it starts.
It ends when stdin does.

Everything not named there is pipecat's default: the pipeline and its order are those of its scaffold
(`pipecat init`, cascade), Silero decides on speech, Smart Turn v3 on the end of a turn, replies are voiced
sentence by sentence, and speech over the agent's voice interrupts it. int8 is chosen for the transcriber,
since ours runs it so.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair, LLMUserAggregatorParams
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.services.piper.tts import PiperTTSService
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transports.local.audio import LocalAudioTransport, LocalAudioTransportParams
from pipecat.workers.runner import WorkerRunner


def start_mind(wishes: dict[str, Any]) -> str:
    """The address of the language model. A server that is started ends with this process, which holds its stdin."""
    if "mind_address" in wishes:
        return str(wishes["mind_address"])
    server = subprocess.Popen(
        wishes["mind_command"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | wishes["mind_environment"],
    )
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(json.dumps({**wishes["mind_config"], "parent": os.getpid()}).encode() + b"\n")
    server.stdin.flush()
    return str(json.loads(server.stdout.readline())["address"])


def agent(wishes: dict[str, Any]) -> PipelineWorker:
    """The pipeline with its engines loaded."""
    transport = LocalAudioTransport(LocalAudioTransportParams(audio_in_enabled=True, audio_out_enabled=True))
    stt = WhisperSTTService(
        device="cpu", compute_type="int8", settings=WhisperSTTService.Settings(model=wishes["transcriber"])
    )
    llm = OpenAILLMService(
        api_key=wishes["mind_config"]["api_key"],
        base_url=f"{start_mind(wishes)}/v1",
        settings=OpenAILLMService.Settings(
            model=Path(wishes["mind_config"]["model"]).stem,
            system_instruction=wishes["system"],
            max_tokens=wishes["max_tokens"],
            temperature=wishes["temperature"],
        ),
    )
    voice = Path(wishes["voice"])
    tts = PiperTTSService(download_dir=voice.parent, settings=PiperTTSService.Settings(voice=voice.stem))
    aggregators = LLMContextAggregatorPair(
        LLMContext(), user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer())
    )
    pipeline = Pipeline(
        [transport.input(), stt, aggregators.user(), llm, tts, transport.output(), aggregators.assistant()]
    )
    # With nobody speaking for five minutes it would end itself; a script may well pause as long.
    return PipelineWorker(pipeline, params=PipelineParams(), idle_timeout_secs=None)


async def main() -> None:
    runner = WorkerRunner()
    await runner.add_workers(agent(json.loads(sys.stdin.readline())))
    running = asyncio.create_task(runner.run())
    asked_to_end = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    await asyncio.wait({running, asked_to_end}, return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        await runner.cancel()
        await running


if __name__ == "__main__":
    asyncio.run(main())
