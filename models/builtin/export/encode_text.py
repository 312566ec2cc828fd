"""The text encoder as a graph: token ids -> the states that the denoiser reads."""

import torch
from onnx import TensorProto

from ..denoiser.layers import TEXT_TOKEN_COUNT, TEXT_WIDTH
from ..quantize import quantize_rows
from .module_graph import ModuleGraphWriter, array


def embed_words(g, embeddings, bits):
    words = embeddings.word_embeddings.weight
    levels, scales = quantize_rows(words, bits)
    x = g.table_rows('ids', 'words', levels.cpu().numpy(), array(scales), bits)
    places = embeddings.position_embeddings.weight[:TEXT_TOKEN_COUNT]
    places = places + embeddings.token_type_embeddings.weight[0]
    x = g.node('Add', [x, g.weight('places', array(places))])
    return g.module_layer_norm(x, 'words.norm', embeddings.LayerNorm)


def attend(g, x, name, attention, hidden, bits):
    parts = attention.self.query, attention.self.key, attention.self.value
    matrix = torch.cat([part.weight for part in parts])
    bias = torch.cat([part.bias for part in parts])
    q, k, v = g.split(g.quantized(x, f'{name}.qkv', matrix, bias, bits.attention), 3)
    y = g.attention(q, k, v, attention.self.num_attention_heads, hidden)
    y = g.module_linear(y, f'{name}.out', attention.output.dense, bits.attention)
    x = g.node('Add', [x, y])
    return g.module_layer_norm(x, f'{name}.norm1', attention.output.LayerNorm)


def write_encode_text(weights, path, text_encoder):
    """ids int64 [1, 40], mask [1, 40] -> text [1, 40, 384], zero where the mask is."""
    g = ModuleGraphWriter(weights)
    model, bits = text_encoder.model, text_encoder.bits
    x = embed_words(g, model.embeddings, bits.words)
    hidden = g.hidden_keys('mask', TEXT_TOKEN_COUNT)
    for index, layer in enumerate(model.encoder.layer):
        name = f'layer{index}'
        x = attend(g, x, name, layer.attention, hidden, bits)
        y = g.module_linear(x, f'{name}.up', layer.intermediate.dense, bits.mlp)
        y = g.module_linear(g.node('Gelu', [y]), f'{name}.down', layer.output.dense, bits.mlp)
        x = g.module_layer_norm(g.node('Add', [x, y]), f'{name}.norm2', layer.output.LayerNorm)
    g.node('Mul', [x, g.reshape('mask', 1, TEXT_TOKEN_COUNT, 1)], outputs=['text'])
    tokens = [1, TEXT_TOKEN_COUNT]
    g.write(
        path,
        {'ids': (tokens, TensorProto.INT64), 'mask': tokens},
        {'text': [1, TEXT_TOKEN_COUNT, TEXT_WIDTH]},
    )
