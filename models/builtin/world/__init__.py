"""A toy world of captioned clips without end: sample_scene, then caption and film."""
