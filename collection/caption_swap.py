"""Captions that change places on purpose, to see who finds it."""

import random

from collection.collection import Collection, Pair


def swap_captions(
    collection: Collection, generator: random.Random
) -> tuple[Collection, tuple[Pair, Pair]] | None:
    """Let the captions of two pairs, chosen at random, change places so that both are wrong.

    The two have different captions and different pictures, and neither caption was known to
    belong to the other's picture. Returns the new collection and the two pairs as they were
    before; None where no two pairs allow it.
    """
    tried = set()
    for first in generator.sample(collection.pairs, len(collection.pairs)):
        own_pictures = collection.pictures_of[first.text_id]
        own_captions = collection.captions_of[first.picture_id]
        # What a pair can be swapped with depends on nothing else: under one caption for all
        # pictures, one look tells for all pairs.
        if (own_pictures, own_captions) in tried:
            continue
        tried.add((own_pictures, own_captions))
        pictures, captions = set(own_pictures), set(own_captions)
        others = [
            pair
            for pair in collection.pairs
            if pair.text_id not in captions and pair.picture_id not in pictures
        ]
        if others:
            second = generator.choice(others)
            return collection.swapping(first, second), (first, second)
    return None
