"""Combinations that training never sees, so that evaluation can ask for them.

Every word in them is trained in other company; only the pairs are new.
"""

WHO_ACTION = (
    ('dog', 'flip'),
    ('cat', 'float'),
    ('rabbit', 'grow'),
    ('horse', 'dance'),
    ('cow', 'jump'),
    ('pig', 'rise'),
    ('elephant', 'bounce'),
    ('penguin', 'run left'),
    ('fox', 'jump'),
    ('panda', 'spin'),
    ('frog', 'hop right'),
    ('whale', 'circle'),
    ('fish', 'rise'),
    ('bee', 'walk left'),
    ('dinosaur', 'dance'),
    ('astronaut', 'jump'),
    ('wizard', 'run right'),
    ('robot', 'dance'),
    ('alien', 'fall'),
    ('ghost', 'bounce'),
    ('snowman', 'roll right'),
    ('pumpkin', 'spin'),
    ('car', 'jump'),
    ('bus', 'grow'),
    ('rocket', 'shrink'),
    ('soccer ball', 'fall'),
    ('donut', 'roll left'),
    ('balloon', 'toss'),
    ('lion', 'stand'),
    ('monkey', 'walk right'),
)
WHO_PLACE = (
    ('dog', 'moon'),
    ('tiger', 'city'),
    ('giraffe', 'beach'),
    ('duck', 'desert'),
    ('penguin', 'volcano'),
    ('bear', 'space'),
    ('shark', 'castle'),
    ('butterfly', 'ice'),
    ('superhero', 'forest'),
    ('princess', 'underwater'),
    ('robot', 'meadow'),
    ('ghost', 'beach'),
    ('taxi', 'mountains'),
    ('train', 'room'),
    ('UFO', 'lake'),
    ('hamburger', 'mountains'),
    ('teddy bear', 'space'),
    ('turtle', 'room'),
)
ACTION_CAMERA = (
    ('jump', 'zoom out'),
    ('dance', 'pan left'),
    ('spin', 'tilt up'),
    ('float', 'zoom in'),
    ('run right', 'follow'),
    ('grow', 'pan right'),
    ('stand', 'handheld'),
    ('walk left', 'tilt down'),
)
PLACE_TIME = (('forest', 'sunset'), ('volcano', 'day'), ('desert', 'night'))
PLACE_WEATHER = (('beach', 'snowfall'), ('castle', 'rain'), ('meadow', 'wind'))
INTERACTION_WHO = (
    ('chase right', 'cat'),
    ('throw', 'monkey'),
    ('meet', 'robot'),
    ('jump over', 'rabbit'),
)


def held_out_pairs(scene):
    """The held-out combinations in a scene, as strings such as 'dog + flip'."""
    met = []
    for actor in scene.actors:
        met.append((WHO_PLACE, (actor.name, scene.place)))
        if scene.interaction:
            met.append((INTERACTION_WHO, (scene.interaction, actor.name)))
        else:
            met.append((WHO_ACTION, (actor.name, actor.action)))
            met.append((ACTION_CAMERA, (actor.action, scene.camera)))
    met.append((PLACE_TIME, (scene.place, scene.time)))
    met.append((PLACE_WEATHER, (scene.place, scene.weather)))
    return [' + '.join(pair) for pairs, pair in dict.fromkeys(met) if pair in pairs]
