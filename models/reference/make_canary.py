"""Writes workers/generate/attention-canary.onnx: one attention over 64 tokens, the shape that some GPUs get wrong."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper

TOKEN_COUNT, WIDTH, HEAD_COUNT = 64, 32, 2
OUT = Path(__file__).parents[2] / 'workers/generate/attention-canary.onnx'


def main() -> None:
    def port(name: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, TOKEN_COUNT, WIDTH])

    attention = helper.make_node(
        'MultiHeadAttention',
        ['query', 'key', 'value'],
        ['attended'],
        domain='com.microsoft',
        num_heads=HEAD_COUNT,
    )
    ports = [port(name) for name in ('query', 'key', 'value')]
    graph = helper.make_graph([attention], 'attention-canary', ports, [port('attended')])
    opsets = [helper.make_opsetid('', 21), helper.make_opsetid('com.microsoft', 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
    OUT.write_bytes(model.SerializeToString())


if __name__ == '__main__':
    main()
