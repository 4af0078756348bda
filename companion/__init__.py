"""Companion: a voice-first companion that lives on your own computer."""

import os

# onnxruntime reports its use to its maker unless told not to. Nothing here may reach the network unasked.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# numpy's second thread waits for 20 ms behind each product of two matrices by looking all the time. While she listened
# that took a tenth of a core, and kept PulseAudio's main thread waiting for 20 to 50 ms. numpy reads this once, at
# its import; what is multiplied here is too small to gain from a second thread.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
