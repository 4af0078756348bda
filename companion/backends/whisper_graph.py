"""Whisper's text decoder as an ONNX graph, made from the model that CTranslate2 runs.

CTranslate2 reads what is given of a transcript token by token, and takes 4 ms (tiny) or 7 ms (base) for each on two
cores; this graph reads any number of tokens in one pass, and takes 1 and 3 ms for one (measured, same machine).
The architecture is that of Radford et al. 2022; the file's layout that of CTranslate2's binary version 6.

To make the graph takes several times its size of memory, which the process that does it would keep: so it can be run as
a script (model.bin, then the files to write), and imports nothing of ours.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Weights: TypeAlias = Mapping[str, NDArray[Any]]

HEAD_SIZE = 64
"""In every Whisper model."""

BLOCK = 32
"""Weights that share a scale. They are held in 8 bits, as in CTranslate2's int8, which has one scale for a row."""

_BINARY_VERSION = 6
_TYPES = {0: np.float32, 4: np.float16}
_HALF = 128
"""Stands for zero among 8-bit weights."""

_OPSETS = {"": 20, "com.microsoft": 1}


def decoder_weights(file: Path) -> Weights:
    """The text decoder's weights in `file`, a CTranslate2 model, read when they are used.

    Raises ValueError where it is no such model, or none with floating-point weights; OSError.
    """
    weights: dict[str, NDArray[Any]] = {}
    with file.open("rb") as stream:
        try:
            version, kind = _numbers(stream, "I")[0], _text(stream)
            if (version, kind) != (_BINARY_VERSION, "WhisperSpec"):
                raise ValueError(f"a model of another kind: {kind} {version}")
            _revision, count = _numbers(stream, "II")
            for _ in range(count):
                name = _text(stream)
                shape = _numbers(stream, f"{_numbers(stream, 'B')[0]}I")
                kind_of_number, length = _numbers(stream, "BI")
                start = stream.tell()
                stream.seek(length, 1)
                if name.startswith("decoder/") and shape and len(shape) < 3:
                    if kind_of_number not in _TYPES:
                        continue
                    weights[name] = np.memmap(file, _TYPES[kind_of_number], "r", start, shape)
        except (struct.error, UnicodeDecodeError) as error:
            raise ValueError("no CTranslate2 model") from error
    if not {"decoder/embeddings/weight", "decoder/layer_0/ffn/linear_0/weight"} <= weights.keys():
        raise ValueError("no floating-point weights of a text decoder")
    return weights


def _numbers(stream: BinaryIO, layout: str) -> tuple[int, ...]:
    layout = f"<{layout}"
    return struct.unpack(layout, stream.read(struct.calcsize(layout)))


def _text(stream: BinaryIO) -> str:
    return stream.read(_numbers(stream, "H")[0]).rstrip(b"\0").decode()


def layers(weights: Weights) -> int:
    """How many layers the decoder has."""
    return sum(name.endswith("/self_attention/linear_1/bias") for name in weights)


def graphs(weights: Weights) -> tuple[bytes, bytes]:
    """Two ONNX models.

    The first makes of `memory` (F, d), the encoder's output, what every step looks up in it: for layer i, `ck{i}`
    (heads, 64, F) and `cv{i}` (heads, F, 64). The second is the step. Of `x` (T, d), embedded tokens, of `mask`
    (T, P + T), added to the attention, of `pk{i}` and `pv{i}` (heads, P, 64), what was kept of P tokens before, and of
    the above it makes `logits` (T, vocabulary) and the new `k{i}` and `v{i}` (heads, P + T, 64). All are float32.
    """
    return _cross_graph(weights), _step_graph(weights)


def _cross_graph(weights: Weights) -> bytes:
    width = weights["decoder/position_encodings/encodings"].shape[1]
    heads = width // HEAD_SIZE
    made = _Graph()
    for layer in range(layers(weights)):
        name = f"decoder/layer_{layer}/attention/linear_1"
        matrix, bias = weights[f"{name}/weight"], weights[f"{name}/bias"]
        keys = made.linear("memory", matrix[:width], bias[:width])
        made.give(f"ck{layer}", made.op("Transpose", made.split_heads(keys, heads), perm=[0, 2, 1]))
        values = made.linear("memory", matrix[width:], bias[width:])
        made.give(f"cv{layer}", made.split_heads(values, heads))
    outputs = {f"c{kind}{layer}": 3 for layer in range(layers(weights)) for kind in "kv"}
    return made.model({"memory": 2}, outputs)


def _step_graph(weights: Weights) -> bytes:
    width = weights["decoder/position_encodings/encodings"].shape[1]
    heads, count = width // HEAD_SIZE, layers(weights)
    made = _Graph()
    x = "x"
    for layer in range(count):
        part = _Part(made, weights, f"decoder/layer_{layer}/")
        x = made.op("Add", x, _self_attention(part, x, layer, heads))
        x = made.op("Add", x, _cross_attention(part, x, layer, heads))
        inner = made.op("Gelu", part.linear("ffn/linear_0", part.norm("ffn", x)))
        x = made.op("Add", x, part.linear("ffn/linear_1", inner))
    last = _Part(made, weights, "decoder").norm("", x)
    made.give("logits", made.linear(last, weights["decoder/embeddings/weight"]))
    kinds = [f"{kind}{layer}" for layer in range(count) for kind in ("pk", "pv", "ck", "cv")]
    kept = {f"{kind}{layer}": 3 for layer in range(count) for kind in "kv"}
    return made.model({"x": 2, "mask": 2, **dict.fromkeys(kinds, 3)}, {"logits": 2, **kept})


def _self_attention(part: _Part, x: str, layer: int, heads: int) -> str:
    made = part.graph
    joined = part.linear("self_attention/linear_0", part.norm("self_attention", x))
    queries, keys, values = (made.split_heads(each, heads) for each in made.thirds(joined))
    made.join(f"k{layer}", f"pk{layer}", keys)
    made.join(f"v{layer}", f"pv{layer}", values)
    columns = made.op("Transpose", f"k{layer}", perm=[0, 2, 1])
    return part.linear("self_attention/linear_1", made.attention(queries, columns, f"v{layer}", "mask"))


def _cross_attention(part: _Part, x: str, layer: int, heads: int) -> str:
    made = part.graph
    queries = made.split_heads(part.linear("attention/linear_0", part.norm("attention", x)), heads)
    return part.linear("attention/linear_2", made.attention(queries, f"ck{layer}", f"cv{layer}"))


class _Graph:
    """An ONNX graph while it is written. A value is named by the node that makes it."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        name = f"{kind}_{len(self._nodes)}"
        self._add(kind, inputs, [name], domain, attributes)
        return name

    def _add(self, kind: str, inputs: tuple[str, ...], outputs: list[str], domain: str, attributes: Any) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, list(inputs), outputs, domain=domain, **attributes))

    def constant(self, value: NDArray[Any] | np.float32) -> str:
        from onnx import numpy_helper

        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def give(self, name: str, value: str) -> None:
        self._add("Identity", (value,), [name], "", {})

    def join(self, name: str, before: str, new: str) -> None:
        self._add("Concat", (before, new), [name], "", {"axis": 1})

    def thirds(self, value: str) -> list[str]:
        names = [f"third_{len(self._nodes)}_{number}" for number in range(3)]
        self._add("Split", (value,), names, "", {"axis": 1, "num_outputs": 3})
        return names

    def linear(self, x: str, matrix: NDArray[Any], bias: NDArray[Any] | None = None) -> str:
        rows, columns = matrix.shape
        blocks = np.asarray(matrix, np.float32).reshape(rows, columns // BLOCK, BLOCK)
        scales = np.maximum(np.abs(blocks).max(-1) / (_HALF - 1), np.finfo(np.float16).tiny).astype(np.float32)
        held = (np.round(blocks / scales[..., None]) + _HALF).astype(np.uint8)
        shape = {"N": rows, "K": columns, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        made = self.op("MatMulNBits", x, self.constant(held), self.constant(scales), domain="com.microsoft", **shape)
        return made if bias is None else self.op("Add", made, self.constant(np.asarray(bias, np.float32)))

    def split_heads(self, x: str, heads: int) -> str:
        """Of (T, d), (heads, T, 64)."""
        parts = self.op("Reshape", x, self.constant(np.array([0, heads, HEAD_SIZE])))
        return self.op("Transpose", parts, perm=[1, 0, 2])

    def attention(self, queries: str, keys: str, values: str, mask: str = "") -> str:
        """What `queries` (heads, T, 64) find: (T, d). `keys` are columns: (heads, 64, S)."""
        scaled = self.op("Mul", queries, self.constant(np.float32(HEAD_SIZE**-0.5)))
        scores = self.op("MatMul", scaled, keys)
        if mask:
            scores = self.op("Add", scores, mask)
        found = self.op("MatMul", self.op("Softmax", scores, axis=-1), values)
        return self.op("Reshape", self.op("Transpose", found, perm=[1, 0, 2]), self.constant(np.array([0, -1])))

    def model(self, inputs: Mapping[str, int], outputs: Mapping[str, int]) -> bytes:
        """The whole, in bytes; `inputs` and `outputs` with how many axes they have."""
        from onnx import helper

        graph = helper.make_graph(
            self._nodes, "whisper", [_value(*each) for each in inputs.items()],
            [_value(*each) for each in outputs.items()], self._constants,
        )  # fmt: skip
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        model: onnx.ModelProto = helper.make_model(graph, opset_imports=opsets, ir_version=10)
        written: bytes = model.SerializeToString()
        return written


def _value(name: str, axes: int) -> onnx.ValueInfoProto:
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [f"{name}_{axis}" for axis in range(axes)])


class _Part:
    """A graph together with the weights of one part of the model."""

    def __init__(self, graph: _Graph, weights: Weights, prefix: str) -> None:
        self.graph = graph
        self._weights = weights
        self._prefix = prefix

    def linear(self, name: str, x: str) -> str:
        return self.graph.linear(x, self._of(f"{name}/weight"), self._of(f"{name}/bias"))

    def norm(self, name: str, x: str) -> str:
        scale, shift = (np.asarray(self._of(f"{name}/layer_norm/{each}"), np.float32) for each in ("gamma", "beta"))
        return self.graph.op(
            "LayerNormalization", x, self.graph.constant(scale), self.graph.constant(shift), axis=-1, epsilon=1e-5
        )

    def _of(self, name: str) -> NDArray[Any]:
        return self._weights[f"{self._prefix}{name}"]


if __name__ == "__main__":
    for _file, _graph in zip(sys.argv[2:], graphs(decoder_weights(Path(sys.argv[1]))), strict=True):
        Path(_file).write_bytes(_graph)
