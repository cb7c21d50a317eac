"""Search, Groups and Odd ones out as a visitor with the gallery uses them, in a real browser."""

import pytest

from tests.browser import groups_journey, search_journey, selection_journey

pytestmark = pytest.mark.browser

GROUPS = 4


@pytest.fixture
def with_gallery(visitor):
    search_journey.load_the_gallery(visitor)
    return visitor


def test_words_and_pictures_find_what_is_like_them(with_gallery):
    search_journey.find_by_words(with_gallery)
    search_journey.point_at_a_tile(with_gallery)
    search_journey.miss_by_words(with_gallery)
    selection_journey.select_tiles(with_gallery)
    selection_journey.clear_the_selection_on_a_phone(with_gallery)
    search_journey.try_an_example(with_gallery)
    search_journey.find_by_picture(with_gallery)
    search_journey.add_words_to_the_picture(with_gallery)
    search_journey.find_more_like_a_hit(with_gallery)
    search_journey.find_more_like_a_close_up(with_gallery)


def test_groups_are_found_and_swapped_captions_too(with_gallery):
    groups_journey.see_the_groups(with_gallery)
    groups_journey.see_how_they_were_made(with_gallery)
    groups_journey.open_a_group(with_gallery)
    selection_journey.select_a_group(with_gallery)
    groups_journey.group_by_k_means(with_gallery, GROUPS)
    groups_journey.take_the_groups_away(with_gallery, GROUPS)
    groups_journey.see_the_groups_on_the_map(with_gallery, GROUPS)
    groups_journey.find_swapped_captions(with_gallery)
    groups_journey.find_more_like_a_member(with_gallery, GROUPS)
