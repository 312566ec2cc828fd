"""Where, when and in which weather a clip may play, with the phrases that say so.

A place with one time of day has no time to tell: captions then stay silent about it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """One place; floor is ground, water or none, mirror how strongly it reflects, 0..1."""

    phrases: tuple[str, ...]
    floor: str = 'ground'
    times: tuple[str, ...] = ('day', 'sunset', 'night')
    weathers: tuple[str, ...] = ('clear', 'rain', 'snowfall', 'wind')
    mirror: float = 0.0
    occluders: dict[str, str] = field(default_factory=dict)  # name -> emoji label or painted shape


_INDOORS = ('clear',)

PLACES: dict[str, Place] = {
    'meadow': Place(
        ('in a green meadow', 'on the grass', 'in a field', 'in a grassy meadow'),
        occluders={'bush': 'bush', 'fence': 'fence'},
    ),
    'forest': Place(
        ('in a forest', 'in the woods', 'among tall trees'),
        occluders={'bush': 'bush', 'log': 'wood'},
    ),
    'beach': Place(('on the beach', 'on a sandy beach', 'by the sea'), occluders={'rock': 'rock'}),
    'desert': Place(
        ('in the desert', 'in a sandy desert', 'among the dunes'),
        occluders={'cactus': 'cactus', 'rock': 'rock'},
    ),
    'mountains': Place(
        ('in the snow', 'in snowy mountains', 'in the snowy mountains', 'on a snowy field'),
        occluders={'rock': 'rock'},
    ),
    'city': Place(
        ('in the city', 'on a city street', 'in the street', 'downtown'),
        occluders={'lamp post': 'lamp post', 'barrier': 'construction'},
    ),
    'underwater': Place(
        ('under water', 'at the bottom of the sea', 'on the sea floor', 'underwater'),
        times=('day',),
        weathers=_INDOORS,
        occluders={'coral': 'coral'},
    ),
    'space': Place(
        ('in space', 'in outer space', 'in deep space'),
        floor='none',
        times=('night',),
        weathers=_INDOORS,
    ),
    'moon': Place(
        ('on the moon', 'on the surface of the moon'),
        times=('night',),
        weathers=_INDOORS,
        occluders={'rock': 'rock'},
    ),
    'castle': Place(
        ('in front of a castle', 'near a castle', 'at a castle'),
        occluders={'bush': 'bush', 'fence': 'fence'},
    ),
    'lake': Place(('on a lake', 'on the water', 'on a calm lake'), floor='water', mirror=0.5),
    'ice': Place(
        ('on the ice', 'on a frozen lake', 'on an ice rink'),
        mirror=0.38,
        occluders={'ice block': 'ice'},
    ),
    'volcano': Place(
        ('near a volcano', 'in front of a volcano', 'by a volcano'), occluders={'rock': 'rock'}
    ),
    'room': Place(
        ('in a living room', 'in a cozy room', 'at home', 'indoors'),
        weathers=_INDOORS,
        mirror=0.12,
        occluders={'chair': 'chair'},
    ),
    'plain': Place((), times=('day',), weathers=_INDOORS, mirror=0.08),
}

BACKDROPS = {  # colour of a plain place -> RGB
    'red': (232, 78, 76),
    'orange': (250, 150, 62),
    'yellow': (252, 212, 84),
    'green': (98, 196, 118),
    'blue': (84, 140, 246),
    'purple': (154, 110, 220),
    'pink': (252, 162, 196),
    'white': (240, 241, 246),
    'black': (38, 38, 46),
}
BACKDROP_PHRASES = (  # {} is for an article with the colour
    'on {} background',
    'against {} background',
    'in front of {} backdrop',
    'in {} studio',
)

TIMES = {
    'day': ('during the day', 'on a sunny day', 'in daylight', 'by day'),
    'sunset': ('at sunset', 'in the evening', 'at dusk', 'at golden hour'),
    'night': ('at night', 'under a starry sky', 'after dark', 'in the moonlight'),
}
WEATHERS = {
    'clear': (),
    'rain': ('in the rain', 'while it rains', 'in pouring rain', 'in heavy rain'),
    'snowfall': ('while snow falls', 'while it snows', 'in falling snow', 'in a snowfall'),
    'wind': (
        'in the wind',
        'while leaves blow by',
        'as leaves fly in the wind',
        'in the autumn wind',
    ),
}
CAMERAS = {
    'static': ('static shot', 'still camera', 'fixed camera'),
    'zoom in': ('the camera zooms in', 'zooming in', 'slow zoom in', 'camera moving closer'),
    'zoom out': ('the camera zooms out', 'zooming out', 'slow zoom out', 'camera pulling back'),
    'pan left': ('the camera pans left', 'panning left', 'pan to the left'),
    'pan right': ('the camera pans right', 'panning right', 'pan to the right'),
    'tilt up': ('the camera tilts up', 'tilting up', 'camera looking up'),
    'tilt down': ('the camera tilts down', 'tilting down', 'camera looking down'),
    'follow': ('the camera follows', 'tracking shot', 'following shot'),
    'handheld': ('handheld camera', 'shaky camera', 'the camera shakes'),
}

PROPS = (  # emoji labels of what stands about
    'evergreen tree',
    'deciduous tree',
    'palm tree',
    'cactus',
    'house',
    'house with garden',
    'castle',
    'tulip',
    'blossom',
    'coral',
    'ringed planet',
    'volcano',
    'rock',
    'ice',
    'wood',
    'construction',
    'chair',
    'spiral shell',
    'hut',
    'fountain',
    'seedling',
    'herb',
    'maple leaf',
    'fallen leaf',
    'globe showing Americas',
    'potted plant',
    'lotus',
    'sunflower',
    'mushroom',
    'sheaf of rice',
    'four leaf clover',
    'department store',
    'office building',
    'hotel',
)
