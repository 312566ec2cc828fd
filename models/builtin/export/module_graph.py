"""Graphs whose weights are those of PyTorch modules."""

from torch import nn

from onnx_graph import GraphWriter

from ..quantize import quantize_blocks


def array(tensor):
    return tensor.detach().cpu().float().numpy()


class ModuleGraphWriter(GraphWriter):
    """Layers that need no more than a name and a module."""

    def quantized(self, x, name, matrix, bias, bits):
        """A linear layer from its weights [out, in] and bias [out] or None."""
        levels, scales = quantize_blocks(matrix, bits)
        bias = None if bias is None else array(bias)
        return self.linear(x, name, levels.cpu().numpy(), array(scales), bias, bits)

    def module_linear(self, x, name, layer, bits):
        return self.quantized(x, name, layer.weight, layer.bias, bits)

    def module_layer_norm(self, x, name, norm):
        return self.layer_norm(x, name, array(norm.weight), array(norm.bias))

    def module_rms_norm(self, x, name, norm):
        return self.rms_norm(x, name, array(norm.gain))

    def module_convolution(self, x, name, layer, norm, bits):
        """A convolution with what follows it folded in if that is a BatchNorm."""
        kernel, bias = layer.weight, layer.bias
        if isinstance(norm, nn.BatchNorm2d):
            scale = norm.weight / (norm.running_var + norm.eps).sqrt()
            shift = norm.running_mean if bias is None else norm.running_mean - bias
            kernel, bias = kernel * scale[:, None, None, None], norm.bias - shift * scale
        return self.convolution(x, name, array(kernel), array(bias), layer.stride[0], bits)
