"""Graphs whose weights are those of PyTorch modules, and how these are read back."""

import torch
from torch import nn

from onnx_graph import GraphWriter

from ..quantize import dequantize_blocks, quantize_blocks, unpack_nibbles


def array(tensor):
    return tensor.detach().cpu().float().numpy()


class ModuleGraphWriter(GraphWriter):
    """Layers that need no more than a name and a module.

    `readings` says of each tensor that was written how to read it from the arrays of a graph of
    the same network: pairs of it and a function of {name: tensor}.
    """

    def __init__(self, weights):
        super().__init__(weights)
        self.readings = []

    def parameter(self, name, tensor, write=array, read=torch.clone, *, half=False):
        """A tensor as it is, or as `write` turns it and `read` back; in half precision if asked."""
        self.readings.append((tensor, lambda kept: read(kept[name])))
        return (self.half if half else self.weight)(name, write(tensor))

    def quantized(self, x, name, matrix, bias, bits):
        """A linear layer from its weights [out, in] and bias [out] or None."""
        levels, scales = quantize_blocks(matrix, bits)
        self.readings.append((matrix, lambda kept: read_blocks(kept, name, bits)))
        if bias is not None:
            self.readings.append((bias, lambda kept: kept[f'{name}.bias']))
            bias = array(bias)
        return self.linear(x, name, levels.cpu().numpy(), array(scales), bias, bits)

    def module_linear(self, x, name, layer, bits):
        return self.quantized(x, name, layer.weight, layer.bias, bits)

    def module_half_linear(self, x, name, layer):
        """A layer too narrow for blocks, or too delicate: in half precision."""
        turned = {'write': lambda weight: array(weight.T), 'read': lambda weight: weight.T}
        weight = self.parameter(f'{name}.weight', layer.weight, **turned, half=True)
        y = self.node('MatMul', [x, weight])
        if layer.bias is None:
            return y
        return self.node('Add', [y, self.parameter(f'{name}.bias', layer.bias)])

    def module_layer_norm(self, x, name, norm):
        return self.layer_norm(x, name, array(norm.weight), array(norm.bias))

    def module_rms_norm(self, x, name, norm):
        self.readings.append((norm.gain, lambda kept: kept[name]))
        return self.rms_norm(x, name, array(norm.gain))

    def module_convolution(self, x, name, layer, norm, bits):
        """A convolution with what follows it folded in if that is a BatchNorm."""
        kernel, bias, shifted = layer.weight, layer.bias, layer
        if isinstance(norm, nn.BatchNorm2d):
            shifted = norm
            scale = norm.weight / (norm.running_var + norm.eps).sqrt()
            shift = norm.running_mean if bias is None else norm.running_mean - bias
            kernel, bias = kernel * scale[:, None, None, None], norm.bias - shift * scale
            # Read back, it leaves alone what the convolution gives but for the bias.
            self.readings += [
                (norm.weight, lambda _: torch.ones_like(scale)),
                (norm.running_mean, lambda _: torch.zeros_like(scale)),
                (norm.running_var, lambda _: torch.full_like(scale, 1 - norm.eps)),
            ]
        self.readings += [
            (layer.weight, lambda kept: read_kernel(kept, name, bits)),
            (shifted.bias, lambda kept: kept[f'{name}.bias']),
        ]
        return self.convolution(x, name, array(kernel), array(bias), layer.stride[0], bits)


def read_blocks(kept, name, bits):
    """The matrix [out, in] of a quantized layer."""
    levels, scales = kept[f'{name}.levels{bits}'], kept[f'{name}.scales{bits}'].float()
    levels = levels if bits == 8 else unpack_nibbles(levels)
    return dequantize_blocks(levels, scales.view(levels.shape[:2]), bits)


def read_kernel(kept, name, bits):
    """The kernel [out, in, size, size] of a convolution."""
    if bits == 16:
        return kept[f'{name}.kernel']
    return kept[f'{name}.kernel.levels'] * kept[f'{name}.kernel.scales']
