"""A list of lines held as bytes is read like a list."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lines import Lines

TEXTS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(st.lists(TEXTS, min_size=1))
def test_it_reads_like_a_list(texts: list[str]) -> None:
    lines = Lines("\n".join(texts).encode())
    assert list(lines) == texts
    assert (len(lines), lines[-1], lines[:3]) == (len(texts), texts[-1], texts[:3])


@given(st.lists(TEXTS, min_size=1), TEXTS)
def test_sorted_lines_can_be_bisected(texts: list[str], wanted: str) -> None:
    assert bisect_left(Lines("\n".join(sorted(texts)).encode()), wanted) == bisect_left(sorted(texts), wanted)


def test_a_line_is_found_by_its_end() -> None:
    lines = Lines("Rīga\tLV\ta1\nRiga\tUS\ta12\n".encode())
    assert [lines.ending(end) for end in ("\ta1", "\ta12", "\tb")] == [0, 1, None]


def test_beyond_the_last_line_there_is_none() -> None:
    with pytest.raises(IndexError):
        Lines(b"a\nb\n")[2]
