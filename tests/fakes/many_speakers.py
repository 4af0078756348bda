"""A Piper voice of three speakers that is as small as one can be: each hums at a level of its own."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE_HZ = 16_000
SPEAKERS = {"ann": 0, "bob": 1, "cid": 2}
SAMPLES_PER_PHONEME = 800


def write_voice(folder: Path, name: str = "three", **changes: object) -> Path:
    """The .onnx file, with its description beside it; `changes` to the description."""
    voice = folder / f"{name}.onnx"
    given = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        helper.make_tensor_value_info("sid", TensorProto.INT64, [1]),
    ]
    wave = np.sin(np.arange(SAMPLES_PER_PHONEME) * 0.3).astype(np.float32)
    constants = [
        numpy_helper.from_array(wave.reshape(1, 1, -1), "wave"),
        numpy_helper.from_array(np.array([1, 1, 1, -1], np.int64), "shape"),
        numpy_helper.from_array(np.array([0, 2], np.int64), "axes"),
        numpy_helper.from_array(np.float32(0.0), "nothing"),
        numpy_helper.from_array(np.float32(1.0), "one"),
    ]
    nodes = [
        helper.make_node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["ids", "nothing"], ["zeros"]),
        helper.make_node("Cast", ["sid"], ["who"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["who", "one"], ["level"]),
        helper.make_node("Add", ["zeros", "level"], ["levels"]),
        helper.make_node("Transpose", ["levels"], ["column"], perm=[1, 0]),
        helper.make_node("Unsqueeze", ["column", "axis"], ["each"]),
        helper.make_node("Mul", ["each", "wave"], ["hum"]),
        helper.make_node("Mul", ["hum", "scale"], ["quiet"]),
        helper.make_node("Reshape", ["quiet", "shape"], ["output"]),
    ]
    constants += [
        numpy_helper.from_array(np.array([2], np.int64), "axis"),
        numpy_helper.from_array(np.float32(0.1), "scale"),
    ]
    made = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])]
    graph = helper.make_graph(nodes, "voice", given, made, [each for each in constants if each.name != "axes"])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), str(voice))
    description = {
        "audio": {"sample_rate": RATE_HZ},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {
            symbol: [number] for number, symbol in enumerate("_^$ abdefhijklmnopstuvwzæðŋɐɑɔəɛɡɪɹʃʊʌʒˈˌːθ.,")
        },
        "num_symbols": 256,
        "num_speakers": len(SPEAKERS),
        "speaker_id_map": SPEAKERS,
        "piper_version": "1.0.0",
    }
    voice.with_name(f"{name}.onnx.json").write_text(json.dumps(description | changes), encoding="utf-8")
    return voice
