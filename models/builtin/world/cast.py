"""Everybody and everything that can act, by the canonical name that captions and classifiers use.

Sprites are named by their emoji label. Art in side view faces left; kinds decide which verbs fit.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Character:
    """One member of the cast; `colour` is the art's own if it can be recoloured, else None."""

    name: str
    sprite: str
    kind: str
    facing: str  # 'left' or 'front'
    synonyms: tuple[str, ...]
    plural: str
    colour: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)

    @property
    def hovers(self) -> bool:
        """Whether it stays off the ground by itself."""
        return self.kind in ('swimmer', 'flyer', 'craft')


KINDS = (
    'walker',
    'face',
    'swimmer',
    'flyer',
    'person',
    'vehicle',
    'craft',
    'boat',
    'round',
    'thing',
)

# kind | facing: lines of "name = emoji label: synonym, synonym"; the label may be left out.
_CAST = """
walker left
dog: puppy, doggy, pup
cat: kitten, kitty, pussycat
rabbit: bunny, hare
tiger: tiger cub
horse: pony, stallion
unicorn
zebra
cow: dairy cow
pig: piglet, hog
sheep = ewe: lamb
camel
llama: alpaca
giraffe
elephant: baby elephant
hippo = hippopotamus: hippopotamus
mouse: little mouse
hedgehog
deer: stag, reindeer
gorilla: ape
kangaroo
turkey
rooster: cockerel, chicken
chick = baby chick: baby chick, little chick
duck: duckling, mallard
swan
flamingo
turtle: tortoise
snail
seal: sea lion
dinosaur = T-Rex: T-Rex, dino, tyrannosaurus

walker front
monkey: chimp
penguin
crab
peacock
owl
snake
ladybug = lady beetle: ladybird

face front
fox: red fox
lion
bear: brown bear
polar bear: white bear
panda: panda bear
koala: koala bear
wolf
frog: toad

swimmer left
whale: blue whale
dolphin
fish: little fish, goldfish
shark
shrimp: prawn

swimmer front
octopus
jellyfish
squid
pufferfish = blowfish: blowfish

flyer left
bird: birdie
eagle: hawk
parrot: macaw
dragon

flyer front
bee = honeybee: honeybee, bumblebee
butterfly
bat
fairy: pixie

person left
man = person walking: guy, person, gentleman
runner = person running: jogger
cyclist = person biking: person on a bike, bike rider

person front
boy: kid
girl: little girl
woman: lady
grandma = old woman: grandmother, granny, old lady
astronaut: spaceman, cosmonaut
ninja
superhero: hero
wizard = mage: magician, sorcerer
chef = cook: cook
princess: queen
king = prince: prince
vampire: dracula
zombie
farmer
firefighter: fireman
police officer: policeman, cop
builder = construction worker: construction worker, workman
doctor = health worker
mermaid
dancer = woman dancing: dancing woman
santa = Santa Claus: santa claus, father christmas
robot: android
alien: extraterrestrial
ghost: spook
monster = alien monster: space invader
snowman = snowman without snow
teddy bear: teddy, toy bear
clown = clown face
cowboy = cowboy hat face

vehicle left
car = automobile: automobile, toy car
bus: coach, school bus
police car: cop car
fire truck = fire engine: fire engine
taxi: cab, taxicab
ambulance
tractor
truck = delivery truck: lorry, delivery truck
train = locomotive: locomotive, steam train
bicycle: bike

boat left
ship: ferry, boat
boat front
sailboat: sailing boat, yacht

craft left
helicopter: chopper
craft front
rocket: spaceship, rocket ship
UFO = flying saucer: flying saucer

round front
ball = volleyball
soccer ball: football
basketball
smiley = grinning face: smiley face, happy face
crying face: sad face
angry face = enraged face
cool face = smiling face with sunglasses: face with sunglasses
donut = doughnut: doughnut
apple = red apple

thing front
balloon
gift = wrapped gift: present, gift box
pumpkin = jack-o-lantern: jack-o-lantern, halloween pumpkin
cake = birthday cake: birthday cake
hamburger: burger, cheeseburger
pizza: slice of pizza
ice cream = soft ice cream: ice cream cone
strawberry
pineapple
banana
carrot
trophy: golden cup
crown
star
heart = pink heart
diamond = gem stone: gem, jewel
guitar: electric guitar
umbrella = umbrella with rain drops
top hat: hat
teapot
alarm clock: clock
television: TV
christmas tree = Christmas tree: xmas tree
"""

NATURAL_COLOURS = {
    'car': 'red',
    'ball': 'white',
    'balloon': 'red',
    'fish': 'blue',
    'bird': 'red',
    'star': 'yellow',
    'heart': 'pink',
    'diamond': 'blue',
    'teapot': 'red',
}

COLOURS = {  # hue in degrees, strength, lightness
    'red': (355, 1.0, 0.95),
    'orange': (27, 1.0, 1.0),
    'yellow': (50, 0.95, 1.05),
    'green': (125, 0.85, 0.9),
    'blue': (212, 1.0, 1.0),
    'purple': (275, 0.85, 0.95),
    'pink': (330, 0.6, 1.1),
}

_PLURALS = {
    'sheep': 'sheep',
    'deer': 'deer',
    'fish': 'fish',
    'pufferfish': 'pufferfish',
    'jellyfish': 'jellyfish',
    'shrimp': 'shrimp',
    'squid': 'squid',
    'mouse': 'mice',
    'man': 'men',
    'woman': 'women',
    'wolf': 'wolves',
    'octopus': 'octopuses',
    'fox': 'foxes',
    'bus': 'buses',
    'butterfly': 'butterflies',
    'fairy': 'fairies',
    'princess': 'princesses',
    'strawberry': 'strawberries',
    'trophy': 'trophies',
}


def _read_cast() -> dict[str, Character]:
    cast, kind, facing = {}, '', ''
    for line in filter(None, _CAST.split('\n')):
        if line.split(' ')[0] in KINDS and line.endswith((' left', ' front')):
            kind, facing = line.rsplit(' ', 1)
            continue
        head, _, tail = line.partition(': ')
        name, _, label = head.partition(' = ')
        synonyms = tuple(tail.split(', ')) if tail else ()
        cast[name] = Character(
            name,
            label or name,
            kind,
            facing,
            synonyms,
            _PLURALS.get(name, name + 's'),
            NATURAL_COLOURS.get(name),
        )
    return cast


CAST: dict[str, Character] = _read_cast()
