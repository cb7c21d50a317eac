"""The seed of everything in `space` that involves chance, so that each result can be had again."""

SEED = 42
