"""An ONNX graph as the bytes of its file, by the package ``onnx``, which is an extra."""

import importlib
import importlib.util

from nnviz import __version__
from nnviz.experiment.code.onnx_graph import INPUT, OPSET, OUTPUT, onnx_graph
from nnviz.experiment.code.plan import Plan
from nnviz.experiment.printable import printable

IR_VERSION = 8
"""Of the file format: the one that came with opset 17, which runtimes since 2022 read."""
MISSING = "ONNX models are written by the package onnx, which is not installed; get it with: pip install 'nnviz[onnx]'"


def has_onnx() -> bool:
    """Whether the package is there."""
    return importlib.util.find_spec("onnx") is not None


def onnx_model(plan: Plan) -> bytes:
    """The file's content, checked by onnx itself. ValueError in one sentence where onnx is not installed."""
    if not has_onnx():
        raise ValueError(MISSING)
    onnx = importlib.import_module("onnx")
    helper, graph, spec = onnx.helper, onnx_graph(plan), plan.spec
    float32 = onnx.TensorProto.FLOAT
    nodes = [helper.make_node(node.operator, node.inputs, [node.output], **node.attributes) for node in graph.nodes]
    weights = [onnx.numpy_helper.from_array(array, name) for name, array in graph.constants.items()]
    model = helper.make_model(
        helper.make_graph(
            nodes,
            "network",
            [helper.make_tensor_value_info(INPUT, float32, ["N", graph.n_in])],
            [helper.make_tensor_value_info(OUTPUT, float32, ["N", graph.n_out])],
            weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="nnviz",
        producer_version=__version__,
        doc_string=printable(spec.name),
    )
    problem = plan.problem
    scaling = problem.inputs.scaling
    helper.set_model_props(
        model,
        {
            "inputs": printable(", ".join(problem.input_names)),
            "outputs": printable(", ".join(problem.data.target_names)),
            "input_mean": ", ".join(map(repr, scaling.mean.tolist())),
            "input_scale": ", ".join(map(repr, scaling.scale.tolist())),
            "steps": str(plan.steps),
            "seed": str(spec.seed),
        },
    )
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString(deterministic=True)
    return content
