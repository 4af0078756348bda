"""The real server of llama.cpp, telling meanings: run as a script with a GGUF file; ends when its input does."""

from __future__ import annotations

import os
import sys

from companion.backends.llama_server import parameters

KEY = "secret"


def main() -> None:
    import xllamacpp

    config = {"model": sys.argv[1], "context_tokens": 2048, "threads": 2, "api_key": KEY}
    params = parameters(config)
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    params.cache_prompt, params.cache_ram_mib, params.warmup = False, 0, False
    params.n_parallel = 4
    params.n_batch = params.n_ubatch = 512
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
