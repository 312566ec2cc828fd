"""English verb phrases in base form -> the forms that captions need."""

FORMS = ('finite', 'progressive', 'participle')  # walks, is walking, walking
_DOUBLED = {'run', 'spin', 'hop', 'skip', 'get', 'flip', 'swim', 'drop'}


def conjugate(phrase, form, plural):
    """'walk to the right' -> 'walks to the right', 'is walking ...' or 'walking ...'."""
    verb, space, rest = phrase.partition(' ')
    if form == 'finite':
        return (_base_plural(verb) if plural else _third_person(verb)) + space + rest
    if form == 'participle' and verb == 'be':
        return rest
    if form == 'progressive' and verb == 'be':
        return f'{"are" if plural else "is"} {rest}'
    if form == 'progressive':
        return f'{"are" if plural else "is"} {participle(verb)}{space}{rest}'
    return participle(verb) + space + rest


def _base_plural(verb):
    return 'are' if verb == 'be' else verb


def _third_person(verb):
    if verb == 'be':
        return 'is'
    if verb.endswith('y') and verb[-2] not in 'aeiou':
        return verb[:-1] + 'ies'
    return verb + ('es' if verb.endswith(('s', 'sh', 'ch', 'x', 'z', 'o')) else 's')


def participle(verb):
    if verb in _DOUBLED:
        return verb + verb[-1] + 'ing'
    if verb.endswith('ie'):
        return verb[:-2] + 'ying'
    return (verb[:-1] if verb.endswith('e') and not verb.endswith('ee') else verb) + 'ing'
