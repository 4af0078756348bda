"""A llama.cpp server as a child process: its memory is its own, and its crash takes nobody with it.

Run as a script by `llama_process`. It reads one line of JSON from stdin (`model`, `context_tokens`,
`threads`, perhaps `writing_threads`, `states`: the folder for what was read, `set_aside_mib`, `parent`, `api_key`: the
key stays off the command line, which everyone on the machine can read), loads the model, prints one
line of JSON with `address`, and ends when stdin does, that is, when its parent closes it or dies. If
the model cannot be loaded it exits with 1 and llama.cpp's own errors on stderr. It imports nothing of
ours, so that it starts by its path alone.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

BATCH_TOKENS = 32
"""Prompt tokens read in one piece on a processor. A reply is cancelled between two pieces: measured on two
cores, within 0.5 s at the worst, with Qwen2.5-1.5B and with SmolLM2-135M. Pieces of 512 are read up to 15 %
faster, but cancel only after seconds."""

GPU_BATCH_TOKENS = 512
HTTP_THREADS = 4
CHECKPOINTS = 4
"""Copies of the state that models with a sliding window keep for each slot; llama.cpp's 32 may take 1 GB."""

REUSED_TOKENS = 32
"""As many in a row are not read again where what stood before them was taken out, as with the oldest turns."""

NICENESS = 5
"""The transcriber and the voice, which the model writes beside, are waited for more: they go first."""

ERRORS_ONLY = 1


def parameters(config: dict[str, Any]) -> Any:
    """What the server runs with: one conversation, little memory, no page for a browser."""
    import xllamacpp

    gpu = any(
        device["type"] != xllamacpp.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
        for device in xllamacpp.get_device_info()
    )
    params = xllamacpp.CommonParams()
    params.model.path = config["model"]
    params.n_ctx = config["context_tokens"]
    params.cpuparams.n_threads = config.get("writing_threads", config["threads"])
    params.cpuparams_batch.n_threads = config["threads"]
    params.n_batch = params.n_ubatch = GPU_BATCH_TOKENS if gpu else BATCH_TOKENS
    params.fit_params = gpu
    if not gpu:
        # Its kernel for processors is slow behind a long prompt: a token of SmolLM2-135M behind 2,200 others takes
        # 28 ms with it and 14 without, on one thread; Qwen2.5-1.5B takes as long with it as without.
        params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    # Mapped into memory, the weights would stand there twice: llama.cpp repacks them for the processor
    # (Qwen2.5-1.5B: 1.34 GB instead of 1.96).
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.n_parallel = 1
    params.cache_prompt = True
    params.n_cache_reuse = REUSED_TOKENS
    params.cache_ram_mib = config.get("set_aside_mib", 0)
    params.cache_idle_slots = False
    if states := config.get("states"):
        params.slot_save_path = f"{states}{os.sep}"  # it only joins the two names
    params.slot_prompt_similarity = 0.0
    params.n_ctx_checkpoints = CHECKPOINTS
    params.warmup = True
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [config["api_key"]]
    params.n_threads_http = HTTP_THREADS
    params.ui = False
    params.verbosity = ERRORS_ONLY
    return params


def main() -> None:
    # Ctrl-C reaches every process of a terminal; this one leaves when its parent wants it to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    config = json.loads(sys.stdin.buffer.readline())
    end_with(config["parent"])
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    import xllamacpp

    try:
        server = xllamacpp.Server(parameters(config))
    except RuntimeError as error:
        raise SystemExit(str(error)) from None
    answer = json.dumps({"address": server.listening_address})
    silence_stderr()
    sys.stdout.write(answer + "\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    # Taking the server down in good order can hang (a race in xllamacpp 2026.10 if it has just begun).
    os._exit(0)


def end_with(parent: int) -> None:
    """End when process `parent` does, also while the model loads and stdin is not read. Linux only."""
    if sys.platform != "linux":
        return
    import ctypes

    set_death_signal = 1  # PR_SET_PDEATHSIG, <sys/prctl.h>
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def silence_stderr() -> None:
    """From now on llama.cpp's messages go nowhere: they could hold parts of a prompt."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


if __name__ == "__main__":
    main()
