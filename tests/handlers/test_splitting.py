"""Long texts in parts: nothing lost, no tag torn, each part within the limit."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.local.markup import parse, to_plain
from handlers.splitting import parts, plain, shortened, utf16_length

LIMIT = 60

words = st.text(st.sampled_from("abcā€😀<&"), min_size=1, max_size=12).map(
    lambda text: escape(text, quote=False)
)
styled = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["b", "i", "code"]), words)
linked = st.builds('<a href="https://viaa.gov.lv/x">{}</a>'.format, words)
lines = st.lists(words | styled | linked, min_size=1, max_size=8).map(" ".join)
paragraphs = st.lists(lines, min_size=1, max_size=4).map("\n".join)
texts = st.lists(paragraphs, min_size=1, max_size=6).map("\n\n".join)


def letters(text: str) -> str:
    return "".join(text.split())


@given(texts)
def test_every_part_is_well_formed_and_short_enough(html: str) -> None:
    for part in parts(html, LIMIT):
        assert utf16_length(parse(part).text) <= LIMIT
        assert part.strip()


@given(texts)
def test_nothing_is_lost(html: str) -> None:
    shown = "".join(parse(part).text for part in parts(html, LIMIT))
    assert letters(shown) == letters(parse(html).text)


@given(texts)
def test_a_text_that_fits_is_left_alone(html: str) -> None:
    assert parts(html) == (html,)


def test_it_is_cut_between_paragraphs_rather_than_lines_rather_than_words() -> None:
    assert parts("one two\nthree\n\nfour", 14) == ("one two\nthree", "four")
    assert parts("one two\nthree", 8) == ("one two", "three")
    assert parts("one two", 4) == ("one", "two")


def test_a_styled_passage_is_not_torn() -> None:
    assert parts("<b>one\n\ntwo</b>\n\nthree", 10) == ("<b>one\n\ntwo</b>", "three")


def test_a_passage_longer_than_a_message_loses_its_style_and_nothing_else() -> None:
    assert parts("<b>abcdef &lt;</b>", 5) == ("abcde", "f &lt;")


@given(texts)
def test_words_without_markup_are_those_a_terminal_shows(html: str) -> None:
    assert plain(html) == to_plain(html)


@given(st.text(st.sampled_from("ab😀"), max_size=30), st.integers(1, 20))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert utf16_length(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
