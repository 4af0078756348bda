"""A sentence encoder whose words are looked up in the packed table and then unpacked.

As it comes, all-MiniLM-L6-v2 unpacks its table of 30,522 words and then looks up a few. ONNX Runtime does the first
once, at the start, holds 47 MB for good, and takes 150 MB on the way. Run as a script (the model, the file to write),
because the making takes memory, too; it imports nothing of ours.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnx


def looked_up_first(file: Path) -> bytes:
    """The model, changed where it is known to be the same. Raises what onnx raises."""
    import onnx

    model = onnx.load(str(file))
    made_by = {name: node for node in model.graph.node for name in node.output}
    for gather in [node for node in model.graph.node if node.op_type == "Gather"]:
        scale = made_by.get(gather.input[0])
        if scale is not None and scale.op_type == "Mul":
            cast = made_by.get(scale.input[0])
            if cast is not None and cast.op_type == "Cast" and _row_by_row(model, cast.input[0], scale.input[1]):
                _replace(model, gather, cast, scale)
    written: bytes = model.SerializeToString()
    return written


def _row_by_row(model: onnx.ModelProto, table: str, scales: str) -> bool:
    """Whether `scales` has one for each row of `table`, both of them constants."""
    shapes = {each.name: tuple(each.dims) for each in model.graph.initializer}
    return table in shapes and shapes.get(scales) == (shapes[table][0], 1)


def _replace(model: onnx.ModelProto, gather: onnx.NodeProto, cast: onnx.NodeProto, scale: onnx.NodeProto) -> None:
    from onnx import helper

    name, ids = gather.output[0], gather.input[1]
    new = [
        helper.make_node("Gather", [cast.input[0], ids], [f"{name}_packed"]),
        helper.make_node("Gather", [scale.input[1], ids], [f"{name}_scales"]),
        helper.make_node("Cast", [f"{name}_packed"], [f"{name}_unscaled"], to=cast.attribute[0].i),
        helper.make_node("Mul", [f"{name}_unscaled", f"{name}_scales"], [name]),
    ]
    nodes = [node for node in model.graph.node if node.output[0] != name]
    index = next(at for at, node in enumerate(model.graph.node) if node.output[0] == name)
    nodes[index:index] = new
    asked_for = {each for node in nodes for each in node.input}
    unused = [node for node in (cast, scale) if node.output[0] not in asked_for]
    if scale in unused:
        unused.append(cast)
    gone = {node.output[0] for node in unused}
    del model.graph.node[:]
    model.graph.node.extend(node for node in nodes if node.output[0] not in gone)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(looked_up_first(Path(sys.argv[1])))
