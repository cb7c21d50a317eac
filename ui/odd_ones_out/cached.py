"""What does not fit, computed once for the same vectors and pairs."""

from space.duplicates import close_pairs
from space.outliers import outliers
from space.swaps import swap_suspects
from space.unusual_pairs import pair_fit
from ui.state.content_cache import cached_by_content

cached_swaps = cached_by_content(max_entries=50)(swap_suspects)
cached_outliers = cached_by_content(max_entries=100)(outliers)
cached_close_pairs = cached_by_content(max_entries=100)(close_pairs)
cached_pair_fit = cached_by_content(max_entries=50)(pair_fit)
