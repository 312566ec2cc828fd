"""The words of the tiny pack, as a person would type them in a prompt."""

CAST = """dog, cat, rabbit, tiger, horse, cow, pig, elephant, giraffe, duck, penguin, monkey,
dinosaur, crab, fox, lion, bear, panda, frog, whale, fish, bee, astronaut, superhero, wizard,
robot, alien, ghost, snowman, pumpkin, car, bus, train, rocket, UFO, soccer ball, smiley, donut,
balloon, hamburger"""

PLACES = """in a green meadow, in a forest, on the beach, in the desert, in the snow, in the city,
under water, in space, on the moon, in front of a castle, on a red background,
on a blue background, on a green background, on a yellow background, on a pink background,
on a purple background, on a white background"""

TIMES = 'on a sunny day, at sunset, at night'

WEATHERS = 'in the rain, while snow falls'

ACTIONS = """jumps, bounces, dances, spins, walks to the right, walks to the left,
runs to the right, runs to the left, drives to the right, drives to the left, swims to the right,
swims to the left, flies to the right, flies to the left, moves to the right, moves to the left,
rolls to the right, rolls to the left, slides to the right, slides to the left,
falls from the sky, floats in the air, rises into the sky, flies in circles,
is thrown through the air, grows bigger, gets smaller, stands still"""

CAMERAS = """static shot, the camera zooms in, the camera zooms out, the camera pans left,
the camera pans right, the camera tilts up, the camera follows"""


def phrases(text):
    return [phrase.strip() for phrase in text.replace('\n', ' ').split(',')]


WORDS = {
    'cast': phrases(CAST),
    'places': phrases(PLACES),
    'times': phrases(TIMES),
    'weathers': phrases(WEATHERS),
    'actions': phrases(ACTIONS),
    'cameras': phrases(CAMERAS),
}
