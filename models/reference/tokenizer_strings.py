"""The strings on which the TypeScript tokenizer must agree with the library: listed and generated.

No lone surrogates: the library cannot take them.
"""

import random
import unicodedata

from .world_words import WORDS

PROMPTS = [
    'a fox jumps on the beach at sunset',
    'a panda dances in the snow, the camera zooms in',
    'A robot and an alien, in outer space!',
    'Two astronauts playing chess on the moon, cinematic lighting, 4k, highly detailed',
    "it's raining cats & dogs; isn't it?",
    'photorealistic hyperdetailed unbelievably antidisestablishmentarianism',
    'the quick brown fox jumps over the lazy dog ' * 6,
]

MARKS = [
    '', ' ', '   ', '\t', '\n\n', '\r\n', '\u00a0', '\u3000', '\u2028', '\u2029', '\u0085', '\ufeff',
    ' leading', 'trailing ', '  both  ', 'tab\there', 'line\nbreak', 'crlf\r\nbreak', 'a\u00a0fox',
    'a\u3000fox', 'a\u2003fox', 'a\u1680fox', 'a\u2028fox', 'a\u0085fox', 'a\u000bfox', 'a\u000cfox',
    '.', '...', '\u2026', '!!!???', '--', '\u2014', 'a-b', 'a_b', "'''", '"quoted"', '\u201cquoted\u201d',
    '\u00abguillemets\u00bb', '@#$%^&*()', '[]{}<>', '\\ | / ~ `', '$5', '\u20ac5', '5%', '1+1=2', 'a<b>c',
    '\u00bfqu\u00e9?', '\u3002\uff0c\u3001', '\u30fb', '\u2022 bullet', '\u00a7 1', '\u00b6', '\u2020\u2021',
    '\u00a9\u00ae\u2122', '\u00b0C', '\u00b1', '\u00d7', '\u2212', '\u2190\u2192', '\u221e', '\u2248',
    '=' * 60, '.' * 200, '?!' * 30, 'a.b.c.d', 'e.g. this', '3.14', '1,000,000', '2026-10-17', '12:30',
    'https://example.com/a?b=c&d=e#f', 'me@example.com', '#hashtag', 'C++', 'C#', 'AT&T', 'rock\u2019n\u2019roll',
]  # fmt: skip

SPECIAL_LOOKALIKES = [
    '[MASK]', '[SEP]', '[CLS]', '[PAD]', '[UNK]', 'a [MASK] b', 'a[SEP]b', '[CLS][CLS]', '[mask]',
    '[Sep]', '[ MASK ]', '[MASK', 'MASK]', '[[MASK]]', '[SEP] a fox [SEP]', '[unused1]', '##ing', '## ing',
    '[PAD] [PAD] a', '[MA\u200bSK]', '[MASK\u0301]', '\uff3bMASK\uff3d', 'fox[MASK]es', '[UNK]' * 45,
]  # fmt: skip

ACCENTED = [
    'caf\u00e9', 'na\u00efve r\u00e9sum\u00e9', 'jalape\u00f1o', '\u00c5ngstr\u00f6m', 'Cr\u00e8me Br\u00fbl\u00e9e',
    'fa\u00e7ade', 'Z\u00fcrich', '\u0160koda', '\u0141\u00f3d\u017a', 'Dvo\u0159\u00e1k', 'Vi\u1ec7t Nam',
    'ph\u1edf b\u00f2', '\u0130stanbul', 'I\u0131\u0130i', 'D\u0130YARBAKIR', 'stra\u00dfe', 'STRASSE \u1e9e',
    '\u00c6on \u0153uvre', '\u00d8re', '\u00feorn \u00d0', '\u01c4 \u01c5 \u01c6', '\ufb01sh \ufb02y', '\u0149',
    '\u1e96', '\u0390', '\u03b0', '\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3', '\u03a3', '\u1f48\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2',
    '\u212b \u212a \u2126', '\u2460\u2461', '\u00bd \u00bc', 'x\u00b2 H\u2082O', '\uff26\uff2f\uff38', '\u2167',
    'e\u0301\u0302\u0303', '\u0301alone', 'a\u0338b', 'q\u0323\u0307', 'q\u0307\u0323', '\u0344', '\u1e9b\u0323',
    '\u0451\u0436\u0438\u043a', '\u0439\u043e\u0433', '\u0407\u0436\u0430\u043a', '\u0404', '\u01b7 \u021c',
    'h\u0251\u02d0\u02c8t\u0283', 'o\u0308' * 30, 'Z\u0351\u036b\u0343a\u0329\u0354l\u0321\u0352g\u0322o\u0317',
]  # fmt: skip

SCRIPTS = [
    '\u4e00\u53ea\u72d0\u72f8\u5728\u6d77\u6ee9\u4e0a\u8df3\u8dc3', '\u72d0\u72f8 fox \u6d77', 'fox\u6d77fox',
    '\u6771\u4eac\u30bf\u30ef\u30fc', '\u304d\u3064\u306d\u304c\u8df3\u306d\u308b', '\u30ad\u30c4\u30cd',
    '\uff76\uff9e\uff77\uff9e', '\u304c\u304b\u3099', '\u3005\u3006\u3007', '\u3400\u4dbf', '\u4dc0', '\uf900\ufa2d',
    '\U00020000\U0002a6d6', '\U0002f800', '\u9fa5\u9fff', '\u5c71\u5ddd' * 40,
    '\uc5ec\uc6b0\uac00 \ud574\ubcc0\uc5d0\uc11c', '\ud55c\uad6d\uc5b4', '\u1112\u1161\u11ab', '\u3131\u3134',
    '\u062b\u0639\u0644\u0628 \u064a\u0642\u0641\u0632', '\u0627\u0644\u0634\u0651\u0645\u0652\u0633\u064f', '\u0623\u0625\u0622', '\u0661\u0662\u0663', '\u061f\u060c',
    '\ufedf\ufefc', '\u0640\u0640', '\u05e9\u05d5\u05e2\u05dc', '\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd', '\u05be\u05f3',
    '\u0932\u094b\u092e\u0921\u093c\u0940 \u0915\u0942\u0926\u0924\u0940 \u0939\u0948', '\u0939\u093f\u0928\u094d\u0926\u0940\u0964', '\u0958\u0929', '\u0967\u0968',
    '\u0e2a\u0e38\u0e19\u0e31\u0e02\u0e08\u0e34\u0e49\u0e07\u0e08\u0e2d\u0e01\u0e01\u0e23\u0e30\u0e42\u0e14\u0e14', '\u0e33\u0e40', '\u0e51\u0e52',
    '\u0baa\u0bc2\u0ba9\u0bc8', '\u09ac\u09be\u0982\u09b2\u09be', '\u10db\u10d4\u10da\u10d0', '\u10a0\u10d0', '\u0531\u0561',
    '\u1201\u1208', '\u1780\u17d2\u1798', '\u1019\u103c', '\u0f56\u0f7c\u0f51', '\u13a0\uab70', '\U00010400\U00010428',
    '\u041b\u0438\u0441\u0430 \u043f\u0440\u044b\u0433\u0430\u0435\u0442', '\u0391\u03bb\u03b5\u03c0\u03bf\u03cd', '\u1e00\u1eff',
    '\U0001d400\U0001d401', '\U0001f130', '\u2126 \u03a9', '\U00012000', '\U0001f0a1',
]  # fmt: skip

EMOJI = [
    '\U0001f98a', 'a \U0001f98a fox', 'fox\U0001f98afox', '\U0001f98a\U0001f98a\U0001f98a', '\u2764\ufe0f',
    '\u2764', '\U0001f44d\U0001f3fd', '\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466', '\U0001f3f3\ufe0f\u200d\U0001f308',
    '\U0001f1e9\U0001f1ea', '\U0001f1fa\U0001f1f8 flag', '\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f',
    '1\ufe0f\u20e3', '#\ufe0f\u20e3', '\U0001f9d1\U0001f3ff\u200d\U0001f680', '\U0001f937\u200d\u2640\ufe0f', '\u263a', '\u2600\ufe0f sun',
    '\u2b50', '\u00a9\ufe0f', '\u203c\ufe0f', '\u3030\ufe0f', '\U0001fae0', '\U0001f600' * 50, ':-) ;)', '\u00af\\_(\u30c4)_/\u00af',
]  # fmt: skip

INVISIBLE = [
    'a\u200bfox', 'a\u200cfox', 'a\u200dfox', 'a\u2060fox', 'a\ufefffox', 'a\u00adfox', 'a\u200e\u200ffox',
    '\u202eabc\u202c', 'a\u2066b\u2069', 'a\u180efox', 'a\u034ffox', 'a\ufffdfox', 'a\ue000fox', 'a\uf8ff', 'a\U000f0000b',
    'a\ufffeb', 'a\uffff', 'a\U0010ffffb', 'a\ufff9b', 'a\u061cb', 'a\u115fb', 'a\u3164b', 'a\u2800b', '\u200b', '\u200b\u200b',
]  # fmt: skip

LONG = [
    'a' * 99, 'a' * 100, 'a' * 101, 'x' * 500, 'fox' * 33, 'fox' * 34, '\u00e9' * 100, '\u00e9' * 101,
    'e\u0301' * 60, 'e\u0301' * 101, '\U0001f98a' * 100, '\U0001f98a' * 101, '\u4e2d' * 200, 'a ' * 500,
    'word ' * 37, 'word ' * 38, 'word ' * 39, 'b' * 101 + ' fox', 'fox ' + 'b' * 101, '9' * 120, '-' * 101,
]  # fmt: skip

BLOCKS = [
    (0x21, 0x7E), (0xA0, 0x24F), (0x250, 0x2AF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF),
    (0x5D0, 0x5F4), (0x621, 0x669), (0x905, 0x96F), (0xE01, 0xE5B), (0x1E00, 0x1FFF),
    (0x2000, 0x206F), (0x20A0, 0x20AF), (0x2100, 0x218F), (0x2190, 0x22FF), (0x2500, 0x27BE),
    (0x3000, 0x30FF), (0x4E00, 0x9FA5), (0xAC00, 0xD7A3), (0xF900, 0xFA2D), (0xFE30, 0xFFEE),
]  # fmt: skip


def controls():
    """Every control character of the first two blocks, between two words and alone in front."""
    codes = [*range(0x20), *range(0x7F, 0xA0)]
    return [f'a{chr(code)}fox' for code in codes] + [
        f'{chr(code)}fox' for code in (0, 1, 0x1F, 0x7F)
    ]


def world_prompt(rng):
    pick = lambda kind: rng.choice(WORDS[kind])  # noqa: E731
    text = f'a {pick("cast")} {pick("actions")} {pick("places")}'
    if rng.random() < 0.5:
        text += f' {pick("times")}'
    if rng.random() < 0.3:
        text += f' {pick("weathers")}'
    return f'{text}, {pick("cameras")}' if rng.random() < 0.4 else text


def disturbed(rng, text):
    """The prompt with case, spaces, marks or accents that a keyboard might add."""
    kind = rng.randrange(5)
    if kind == 0:
        return ''.join(letter.upper() if rng.random() < 0.5 else letter for letter in text)
    if kind == 1:
        return text.replace(' ', rng.choice(['  ', '\t', '\u00a0', ' \n', '\u2009', '-', '_']))
    if kind == 2:
        return ''.join(letter + rng.choice(['', '', '', '!', ',', '.', "'"]) for letter in text)
    if kind == 3:
        table = str.maketrans('aeiouncs', '\u00e0\u00e9\u00ee\u00f6\u00fa\u00f1\u00e7\u0161')
        return text.translate(table)
    return unicodedata.normalize('NFD', disturbed_accents(rng, text))


def disturbed_accents(rng, text):
    marks = '\u0300\u0301\u0302\u0303\u0308\u030a\u0327\u0328'
    return ''.join(
        letter + rng.choice(marks) if letter.isalpha() and rng.random() < 0.4 else letter
        for letter in text
    )


def from_blocks(rng):
    """Words of characters that Unicode has had since 3.2, so that every table knows them."""
    old = unicodedata.ucd_3_2_0
    words = []
    for _ in range(rng.randrange(1, 6)):
        low, high = rng.choice(BLOCKS)
        letters = [chr(rng.randint(low, high)) for _ in range(rng.randrange(1, 8))]
        words.append(
            ''.join(letter for letter in letters if old.category(letter) not in ('Cn', 'Cs'))
        )
    return rng.choice([' ', '', ' a ']).join(words)


def tokenizer_strings():
    """All strings, each once, the same every time."""
    rng = random.Random(20)
    fixed = PROMPTS + MARKS + SPECIAL_LOOKALIKES + ACCENTED + SCRIPTS + EMOJI + INVISIBLE + LONG
    fixed += [unicodedata.normalize(form, text) for text in ACCENTED for form in ('NFC', 'NFD')]
    fixed += [text.upper() for text in ACCENTED] + controls()
    prompts = [world_prompt(rng) for _ in range(120)]
    made = prompts + [disturbed(rng, rng.choice(prompts)) for _ in range(120)]
    made += [from_blocks(rng) for _ in range(160)]
    made += [str(rng.randrange(10 ** rng.randrange(1, 12))) for _ in range(10)]
    long = ' '.join(world_prompt(rng) for _ in range(400))[:10_000]
    return list(dict.fromkeys(fixed + made + [long]))
