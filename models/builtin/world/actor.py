"""One actor of a scene: facts that a caption may tell, and where it stands."""

from dataclasses import dataclass

from .cast import CAST
from .motions import SPEED_FACTORS, Gait

SIZE_FACTORS = {'tiny': 0.6, 'small': 0.78, '': 1.0, 'big': 1.22, 'giant': 1.42}


@dataclass(frozen=True)
class Actor:
    """Facts about one actor: x and half-size in units, colour only of what has one of its own."""

    name: str
    action: str
    colour: str | None
    size: str  # a key of SIZE_FACTORS
    speed: str  # a key of SPEED_FACTORS
    x: float
    half: float
    reach: float
    depth: float  # 0 nearest .. 1 farthest
    mirrored: bool
    phase: float  # of the sprite's animation, 0..1
    chance: tuple[float, ...]

    @property
    def character(self):
        return CAST[self.name]

    @property
    def gait(self):
        return Gait(
            self.x,
            self.half,
            self.reach,
            self.character.kind,
            self.character.hovers,
            SPEED_FACTORS[self.speed],
            self.chance,
        )
