"""How the published compilation becomes the embedded registry: names, wording, corrections, each in its own list."""
