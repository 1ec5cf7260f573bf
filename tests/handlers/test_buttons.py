import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.buttons import LIMIT, Press, pack, unpack

field = st.text(alphabet=st.characters(exclude_characters=":", codec="utf-8"), max_size=12)


@given(st.sampled_from("tckelg"), st.sampled_from(["lv", "en"]), st.lists(field, max_size=3))
def test_what_is_packed_comes_back(kind: str, language: str, fields: list[str]) -> None:
    try:
        data = pack(kind, "lv" if language == "lv" else "en", *fields)
    except ValueError:
        return
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == Press(kind, "lv" if language == "lv" else "en", tuple(fields))


@given(st.text(max_size=80))
def test_forged_data_never_raise(data: str) -> None:
    unpack(data)


@pytest.mark.parametrize("data", ["", "t", "t0:lv:850:1", "t1", "t1:de:850:1", "850", ":::"])
def test_data_of_another_version_or_language_are_nobodys(data: str) -> None:
    assert unpack(data) is None


def test_more_than_telegram_allows_is_refused_when_packed() -> None:
    with pytest.raises(ValueError, match="64"):
        pack("e", "lv", "ā" * 40)


def test_a_colon_in_a_field_is_refused() -> None:
    with pytest.raises(ValueError, match="colon"):
        pack("e", "lv", "a:b")
