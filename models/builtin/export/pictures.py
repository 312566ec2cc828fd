"""The autoencoder as two graphs: one latent frame's tokens <-> its four pictures."""

from torch import nn

from ..autoencoder.network import Residual
from ..latents import (
    CHANNEL_COUNT,
    NUMBERS_PER_TOKEN,
    PATCH,
    PICTURES_PER_LATENT,
    PIXELS_PER_TOKEN,
)
from .module_graph import ModuleGraphWriter, array


def edges(grid):
    """Shapes of a latent frame and of its pictures."""
    rows, columns = grid
    pictures = [PICTURES_PER_LATENT, 3, PIXELS_PER_TOKEN * rows, PIXELS_PER_TOKEN * columns]
    return [1, rows * columns, NUMBERS_PER_TOKEN], pictures


def write_decode(weights, path, autoencoder, grid, bits):
    """z [1, tokens, 128] -> rgb [4, 3, height, width] in 0..1; returns the graph's readings."""
    g = ConvolutionGraph(weights, bits)
    rows, columns = grid
    tokens, pictures = edges(grid)
    x = g.reshape('z', rows, columns, PICTURES_PER_LATENT, CHANNEL_COUNT, PATCH, PATCH)
    x = g.node('Transpose', [x], perm=[2, 3, 0, 4, 1, 5])
    x = g.reshape(x, PICTURES_PER_LATENT, CHANNEL_COUNT, PATCH * rows, PATCH * columns)
    x = g.node('Mul', [x, g.parameter('deviation', autoencoder.deviation)])
    x = g.node('Add', [x, g.parameter('mean', autoencoder.mean)])
    x = g.modules(x, 'decoder', autoencoder.decoder, pictures)
    x = g.scale_and_shift(x, 0.5, 0.5)
    g.node('Clip', [x, g.constant(0), g.constant(1)], outputs=['rgb'])
    g.write(path, {'z': tokens}, {'rgb': pictures})
    return g.readings


def write_encode_frames(weights, path, autoencoder, grid, bits):
    """rgb [4, 3, height, width] in 0..1 -> z [1, tokens, 128]; returns the graph's readings."""
    g = ConvolutionGraph(weights, bits)
    rows, columns = grid
    tokens, pictures = edges(grid)
    x = g.modules(g.scale_and_shift('rgb', 2, -1), 'encoder', autoencoder.encoder, pictures)
    deviation = array(autoencoder.deviation)
    x = g.scale_and_shift(x, 1 / deviation, -array(autoencoder.mean) / deviation)
    x = g.reshape(x, PICTURES_PER_LATENT, CHANNEL_COUNT, rows, PATCH, columns, PATCH)
    x = g.node('Transpose', [x], perm=[2, 4, 0, 1, 3, 5])
    g.node('Reshape', [x, g.shape(*tokens)], outputs=['z'])
    g.write(path, {'rgb': pictures}, {'z': tokens})
    return g.readings


class ConvolutionGraph(ModuleGraphWriter):
    def __init__(self, weights, residual_bits):
        super().__init__(weights)
        self.residual_bits = residual_bits

    def modules(self, x, name, modules, shape, bits=16):
        """A sequence of modules; shape [pictures, channels, height, width] of what unshuffles.

        Only residual convolutions may have fewer bits: they are most of the weights, and a
        picture shows what is rounded outside of them.
        """
        modules = list(modules)
        for index, (module, following) in enumerate(
            zip(modules, [*modules[1:], None], strict=True)
        ):
            part = f'{name}.{index}'
            match module:
                case nn.Conv2d():
                    x = self.module_convolution(x, part, module, following, bits)
                case nn.BatchNorm2d():
                    pass  # in the convolution before it
                case nn.ReLU():
                    x = self.node('Relu', [x])
                case nn.PixelShuffle(upscale_factor=factor):
                    x = self.node('DepthToSpace', [x], blocksize=factor, mode='CRD')
                case nn.PixelUnshuffle(downscale_factor=factor):
                    x = self.unshuffle(x, shape, factor)
                case Residual(body=body):
                    y = self.modules(x, part, body, shape, self.residual_bits)
                    x = self.node('Relu', [self.node('Add', [x, y])])
                case _:
                    kind = type(module).__name__
                    raise TypeError(f'{part} is a {kind}: teach ConvolutionGraph to write one')
        return x

    def unshuffle(self, x, shape, factor):
        """Squares of pixels become channels; SpaceToDepth does not run on WebGPU."""
        pictures, channels, height, width = shape
        x = self.reshape(x, pictures, channels, height // factor, factor, width // factor, factor)
        x = self.node('Transpose', [x], perm=[0, 1, 3, 5, 2, 4])
        return self.reshape(
            x, pictures, channels * factor * factor, height // factor, width // factor
        )
