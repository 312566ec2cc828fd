"""Sky colours and the tint of everything, by place, time of day and weather."""

from dataclasses import dataclass

import numpy as np

from .brush import blend_colours

_SKIES = {  # zenith, middle, horizon
    'day': ((58, 142, 240), (132, 200, 252), (222, 243, 255)),
    'sunset': ((76, 58, 146), (228, 104, 120), (255, 196, 116)),
    'night': ((9, 12, 46), (24, 34, 92), (66, 84, 150)),
}
_TINTS = {'day': (1.0, 1.0, 1.0), 'sunset': (1.0, 0.78, 0.68), 'night': (0.48, 0.56, 0.92)}
_OVERCAST = {  # weather -> (colour that the sky goes toward, how far, darkening of the tint)
    'rain': ((120, 132, 152), 0.62, 0.86),
    'snowfall': ((200, 208, 224), 0.45, 0.97),
    'wind': ((226, 206, 160), 0.22, 1.0),
}
_OWN_LIGHT = {  # places without a sky like ours
    'underwater': (((66, 190, 226), (30, 134, 192), (20, 98, 160)), (0.80, 0.95, 1.0)),
    'space': (((10, 8, 34), (24, 14, 58), (44, 20, 78)), (1.0, 1.0, 1.0)),
    'moon': (((5, 6, 16), (8, 9, 24), (16, 17, 38)), (1.0, 1.0, 1.0)),
}


@dataclass(frozen=True)
class Light:
    sky: tuple  # zenith, middle, horizon
    tint: np.ndarray  # factors of red, green and blue
    time: str

    @property
    def haze(self):
        return np.asarray(self.sky[2], float)

    @property
    def actor_gain(self):
        """Actors keep more of their own colours than the set does."""
        return 0.34 + 0.66 * self.tint

    def on(self, colour, distance=0.0):
        """A colour as lit here, fading into haze as distance goes from 0 to 1."""
        return blend_colours(np.asarray(colour, float) * self.tint, self.haze, distance)


def light_of(place, time, weather):
    if place in _OWN_LIGHT:
        sky, tint = _OWN_LIGHT[place]
        return Light(sky, np.array(tint), time)
    sky, tint = _SKIES[time], np.array(_TINTS[time])
    if weather in _OVERCAST:
        grey, amount, darkening = _OVERCAST[weather]
        grey = np.asarray(grey) * (0.3 + 0.7 * tint)
        sky = tuple(blend_colours(colour, grey, amount) for colour in sky)
        tint = tint * darkening
    return Light(sky, tint, time)
