"""A small real tokenizer.json: uncased WordPiece like the built-in pack's, a few hundred pieces."""

import string

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from .world_words import WORDS

SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
ENDINGS = 'ing ed er est es ly ment ness tion able ful less ish y'.split()
COMMON = (
    'and of with to from by for is are this that it its over under into up down big small'.split()
)


def vocabulary():
    """Specials, punctuation, digits and letters (alone and as endings), then words."""
    words = [word for phrases in WORDS.values() for phrase in phrases for word in phrase.split()]
    letters = string.digits + string.ascii_lowercase
    pieces = SPECIALS + list(string.punctuation) + list(letters)
    pieces += ['##' + letter for letter in letters] + ['##' + ending for ending in ENDINGS]
    pieces += sorted({word.lower() for word in words} | set(COMMON))
    return {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}


def write_tokenizer(path):
    """Writes tokenizer.json without truncation and padding; returns the number of pieces."""
    ids = vocabulary()
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token='[UNK]', max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single='[CLS] $A [SEP]',
        pair='[CLS] $A [SEP] $B:1 [SEP]:1',
        special_tokens=[(piece, ids[piece]) for piece in ('[CLS]', '[SEP]')],
    )
    tokenizer.add_special_tokens(SPECIALS)
    tokenizer.save(str(path))
    return len(ids)
