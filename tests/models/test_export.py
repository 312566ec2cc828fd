"""The graphs say what the networks say, at every size, and make a pack that the engine accepts.

Networks are random and small: what is tested is the writing, not the weights.
"""

import dataclasses
import json
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from onnx import TensorProto
from torch import nn
from transformers import BertConfig, BertModel

from builtin.autoencoder.network import Autoencoder
from builtin.autoencoder.train import measure_norms
from builtin.denoiser.network import Denoiser
from builtin.export import pack as pack_module
from builtin.export.check import TOLERANCES, check_export
from builtin.export.pack import export_pack
from builtin.export.pictures import ConvolutionGraph
from builtin.export.unpack import read_pack
from builtin.export.words import world_fits, world_words
from builtin.quantize import PackBits, TextBits, dequantize_blocks, quantize_blocks, round_linear
from builtin.text_encoder import TextEncoder
from onnx_graph import GraphWriter, WeightFile
from pack_source import PackFacts, Part
from reference.tiny_tokenizer import write_tokenizer

REPOSITORY = Path(__file__).resolve().parents[2]
NETWORK_SIZES = 64, 3, 2, 64, 1, 64, 2  # width, depth, heads, of planner, of brush
FACTS = PackFacts(
    id='test',
    title='Random networks',
    sizes=((64, 64), (96, 48)),
    parts=tuple(Part(name, 'MIT', 'here') for name in ('text', 'denoiser', 'decoder', 'encoder')),
    step_count=8,
    guidance=4,
    examples=('a fox jumps on the beach', 'a red car'),
    words={kind: [kind] for kind in ('cast', 'places', 'times', 'weathers', 'actions', 'cameras')},
)


@pytest.fixture(scope='module')
def networks(tmp_path_factory):
    """A trained-looking autoencoder, denoiser and text encoder."""
    torch.manual_seed(0)
    autoencoder = Autoencoder(encoder=((16, 1), (24, 1)), decoder=((24, 1), (16, 1)))
    autoencoder.mean.normal_()
    autoencoder.deviation.uniform_(0.5, 2)
    denoiser = Denoiser(*NETWORK_SIZES)
    for network in (autoencoder, denoiser):
        randomise(network)
    folder = tmp_path_factory.mktemp('text')
    vocabulary_size = write_tokenizer(folder / 'tokenizer.json')
    config = BertConfig(
        vocab_size=vocabulary_size, hidden_size=384, num_hidden_layers=2,
        num_attention_heads=12, intermediate_size=768, initializer_range=0.06,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    return autoencoder, denoiser, TextEncoder(folder)


def randomise(network):
    """Nothing stays as it starts: no zero layer, no BatchNorm that is the identity."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 2)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
        elif isinstance(module, nn.Linear) and not module.weight.any():
            nn.init.normal_(module.weight, 0, 0.03)
    for name, parameter in network.named_parameters():
        if name.endswith(('modulation', 'gain')):
            parameter.data += 0.2 * torch.randn_like(parameter)


def frames_of(width_px, height_px):
    frame, y, x = np.mgrid[:17, :height_px, :width_px]
    waves = np.sin(x / 9 + frame / 3), np.cos(y / 7 - frame / 2), np.sin((x + y) / 11)
    return (127.5 + 127 * np.stack(waves, -1)).astype(np.uint8)


@pytest.fixture(scope='module')
def exported(networks, tmp_path_factory):
    folder = tmp_path_factory.mktemp('pack')
    return folder, export_pack(folder, *networks, FACTS)


def test_every_graph_agrees_with_its_network(exported, networks):
    before = [parameter.clone() for network in networks for parameter in network.parameters()]
    errors = check_export(exported[0], *networks, frames_of)
    assert len(errors) == 1 + 2 * 4
    assert errors['encode-text.onnx'] < 1e-4  # its weights are rounded already
    assert 0 < errors['denoise-guided-96x48.onnx'] < TOLERANCES['denoiseGuided']
    after = [parameter for network in networks for parameter in network.parameters()]
    assert all(torch.equal(*pair) for pair in zip(before, after, strict=True))


def test_a_wrong_weight_is_refused(exported, networks):
    autoencoder, denoiser, text_encoder = networks
    other = Denoiser(*NETWORK_SIZES)
    other.load_state_dict(denoiser.state_dict())
    other.blocks[1].up.weight.data *= 1.5
    with pytest.raises(ValueError, match='denoise-64x64.onnx'):
        check_export(exported[0], autoencoder, other, text_encoder, frames_of)


def test_sizes_share_their_weights(exported, networks, tmp_path):
    """A second size adds tables of its rows and columns, and nothing else."""
    one_size = dataclasses.replace(FACTS, sizes=FACTS.sizes[:1])
    alone = export_pack(tmp_path, *networks, one_size)
    folder, both = exported
    for family in ('encode-text', 'decode', 'encode-frames'):
        file = f'{family}.onnx.data'
        assert (folder / file).read_bytes() == (tmp_path / file).read_bytes()
    assert both['denoise.onnx.data'] - alone['denoise.onnx.data'] < 12_000
    shared = (tmp_path / 'denoise.onnx.data').read_bytes()
    assert (folder / 'denoise.onnx.data').read_bytes().startswith(shared)


def test_the_builder_and_the_engine_accept_the_pack(exported, tmp_path):
    folder, sizes = exported
    pack = build(folder, tmp_path)
    assert {name: file['byteLength'] for name, file in pack['files'].items()} == sizes
    assert [(size['widthPx'], size['heightPx']) for size in pack['sizes']] == [*FACTS.sizes]
    assert pack['latent'] == {'channelCount': 128, 'pictureCount': 4, 'pixelsPerToken': 16}
    assert pack['window'] == {
        'latentFrameCount': 5, 'contextLatentFrameCount': 2, 'framesPerSecond': 12,
    }  # fmt: skip
    assert pack['schedule'] == {
        'kind': 'rectified-flow', 'shift': 3, 'stepCount': 8, 'guidance': 4,
    }  # fmt: skip


def build(folder, out):
    """What `npm run pack` makes of a folder; it reads its own work back with models/pack.ts."""
    command = ['npm', 'run', '--silent', 'pack', '--', str(folder), str(out)]
    made = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return json.loads((out / 'pack.json').read_text())


def test_a_student_has_no_guided_graph(networks, tmp_path):
    student = dataclasses.replace(FACTS, step_count=4, guidance=1)
    sizes = export_pack(tmp_path / 'graphs', *networks, student)
    assert not [name for name in sizes if 'guided' in name]
    errors = check_export(tmp_path / 'graphs', *networks, frames_of)
    assert len(errors) == 1 + 2 * 3
    assert 'denoiseGuided' not in build(tmp_path / 'graphs', tmp_path / 'pack')['sizes'][0]


def test_fewer_bits_make_a_smaller_pack_that_agrees_too(exported, networks, tmp_path):
    _, sizes = exported
    bits = PackBits(denoiser_mlp=4, residual=8)
    autoencoder, denoiser, text_encoder = networks
    text_encoder = TextEncoder(text_encoder.tokenizer_path.parent, TextBits(4, 4, 4))
    fewer = export_pack(tmp_path, autoencoder, denoiser, text_encoder, FACTS, bits)
    assert fewer['encode-text.onnx.data'] < 0.6 * sizes['encode-text.onnx.data']
    assert fewer['decode.onnx.data'] < 0.8 * sizes['decode.onnx.data']
    halved = sum(b.up.weight.numel() + b.down.weight.numel() for b in denoiser.blocks) / 2
    saved = sizes['denoise.onnx.data'] - fewer['denoise.onnx.data']
    assert saved == pytest.approx(halved, rel=0.01)
    rounded = Denoiser(*NETWORK_SIZES)
    rounded.load_state_dict(denoiser.state_dict())
    for block in rounded.blocks:
        for layer in (block.up, block.down):
            round_linear(layer, 4)
    errors = check_export(tmp_path, autoencoder, rounded, text_encoder, frames_of, bits)
    assert errors['encode-text.onnx'] < 1e-4
    assert errors['denoise-64x64.onnx'] < TOLERANCES['denoise']


def test_a_pack_gives_its_networks_back(networks, tmp_path):
    bits = PackBits(denoiser_mlp=4, residual=8)
    export_pack(tmp_path / 'graphs', *networks, FACTS, bits)
    build(tmp_path / 'graphs', tmp_path / 'pack')
    autoencoder = Autoencoder(encoder=((16, 1), (24, 1)), decoder=((24, 1), (16, 1)))
    denoiser = Denoiser(*NETWORK_SIZES)
    read_pack(tmp_path / 'pack', autoencoder, denoiser, bits)
    errors = check_export(tmp_path / 'graphs', autoencoder, denoiser, networks[2], frames_of, bits)
    assert max(errors.values()) < 1e-4  # as rounded as the graphs are
    pictures = torch.rand(8, 3, 32, 32)
    before = autoencoder.eval().encode(pictures)
    measure_norms(autoencoder, pictures)
    torch.testing.assert_close(autoencoder.eval().encode(pictures), before, atol=1e-4, rtol=1e-4)
    learning = autoencoder.train().encode(pictures)  # by the statistics of the batch
    torch.testing.assert_close(learning, before, atol=1e-3, rtol=1e-3)
    with pytest.raises(ValueError, match='begin from another pack'):
        read_pack(tmp_path / 'pack', autoencoder, Denoiser(*NETWORK_SIZES[:-1], 3), bits)


def test_a_pack_that_is_too_large_is_refused(networks, tmp_path, monkeypatch):
    monkeypatch.setattr(pack_module, 'MAX_PACK_BYTE_LENGTH', 1_000_000)
    with pytest.raises(ValueError, match='of at most 1: keep fewer bits'):
        export_pack(tmp_path, *networks, FACTS)


def test_an_impossible_size_is_refused(networks, tmp_path):
    with pytest.raises(ValueError, match='100 x 64 is no size'):
        export_pack(tmp_path, *networks, dataclasses.replace(FACTS, sizes=((100, 64),)))


def test_the_help_knows_the_words_of_its_cast():
    everybody, few = world_words(), world_words(('dog', 'car'))
    assert all(phrases and len(phrases) == len({*phrases}) for phrases in everybody.values())
    assert few['cast'] == ['dog', 'car']
    assert {'jumps', 'drives to the right', 'chases … to the left'} <= {*few['actions']}
    assert 'swims to the right' in everybody['actions']
    assert 'swims to the right' not in few['actions']


def test_the_help_knows_which_words_go_together():
    words, fits = world_words(('dog', 'car', 'whale')), world_fits(('dog', 'car', 'whale'))
    assert fits['drives to the right'] == ['car']
    assert 'in space' not in fits['jumps'] and 'on the moon' in fits['jumps']
    assert 'under water' not in fits['in the rain']
    assert 'dances' not in fits
    known = {phrase for phrases in words.values() for phrase in phrases}
    assert {*fits} | {phrase for partners in fits.values() for phrase in partners} <= known


def test_an_unknown_module_is_named():
    graph = ConvolutionGraph(WeightFile('weights'), 16)
    with pytest.raises(TypeError, match='decoder.0 is a Tanh'):
        graph.modules('x', 'decoder', nn.Sequential(nn.Tanh()), [4, 3, 16, 16])


@pytest.mark.parametrize('bits', [8, 4])
def test_table_rows_are_exact(tmp_path, bits):
    """Random rows, and each digit of an int32 at its ends."""
    rng = np.random.default_rng(0)
    largest = 2 ** (bits - 1) - 1
    levels = rng.integers(-largest, largest + 1, (4096, 64)).astype(np.int8)
    digits = np.repeat(rng.choice([-largest, 0, largest], (1024, 32 // bits)), 2 * bits, axis=1)
    levels[:1024] = digits
    scales = rng.uniform(1e-6, 10, (4096, 1)).astype(np.float32)
    weights = WeightFile('rows.onnx.data')
    g = GraphWriter(weights)
    rows = g.table_rows('ids', 'table', levels, scales, bits)
    g.node('Identity', [rows], outputs=['rows'])
    g.write(
        tmp_path / 'rows.onnx', {'ids': ([1, 4096], TensorProto.INT64)}, {'rows': [1, 4096, 64]}
    )
    weights.write(tmp_path)
    session = onnxruntime.InferenceSession(tmp_path / 'rows.onnx')
    (found,) = session.run(None, {'ids': np.arange(4096)[None]})
    np.testing.assert_array_equal(found[0], levels.astype(np.float32) * scales)


@pytest.mark.parametrize('bits', [8, 4])
def test_rounding_is_within_half_a_level_and_settles(bits):
    matrix = torch.randn(48, 96) * torch.logspace(-2, 1, 48)[:, None]
    levels, scales = quantize_blocks(matrix, bits)
    rounded = dequantize_blocks(levels, scales, bits)
    half_a_level = 0.57 * scales.repeat_interleave(32, 1)  # scales are rounded as well
    assert ((rounded - matrix).abs() <= half_a_level).all()
    again = dequantize_blocks(*quantize_blocks(rounded, bits), bits)
    assert (again - rounded).abs().max() <= 1e-6 * matrix.abs().max()
