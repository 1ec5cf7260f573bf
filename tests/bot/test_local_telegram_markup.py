"""Telegram's HTML is read strictly, counted in UTF-16 and written out plainly."""

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.entities import Entity, Run, runs, trimmed, utf16_length, utf16_slice
from bot.local.markup import MarkupError, Parsed, link_fault, parse, to_plain

SIMPLE_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip


@given(st.text())
def test_escaped_text_comes_back_whole_and_unstyled(text: str) -> None:
    assert parse(escape(text)) == Parsed(text, ())


@given(st.text(), st.text(min_size=1), st.text())
def test_an_entity_covers_exactly_the_text_inside_its_tag(before: str, inside: str, after: str) -> None:
    text, (bold,) = parse(f"{escape(before)}<b>{escape(inside)}</b>{escape(after)}")
    assert text == before + inside + after
    assert utf16_slice(text, bold.offset, bold.length) == inside


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9))))
def test_runs_joined_give_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    # cut at whole characters: Telegram never styles half of one
    entities = [
        Entity("bold", utf16_length(text[:start]), utf16_length(text[start : start + length]))
        for start, length in spans
    ]
    assert "".join(run.text for run in runs(text, entities)) == text


@given(st.text(st.sampled_from("<>/&;#x41ab ='\"")))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    with suppress(MarkupError):
        assert utf16_length(parse(text).text) <= utf16_length(text)


@pytest.mark.parametrize(("text", "units"), [("", 0), ("ā", 1), ("€", 1), ("👍", 2), ("🇱🇻", 4)])
def test_length_is_counted_in_utf16_code_units(text: str, units: int) -> None:
    assert utf16_length(text) == units


@pytest.mark.parametrize(("tag", "kind"), SIMPLE_TAGS.items())
def test_every_tag_of_telegram_is_known(tag: str, kind: str) -> None:
    assert parse(f"👍<{tag}>x</{tag.upper()}>").entities == (Entity(kind, 2, 1),)


@pytest.mark.parametrize(
    ("html", "entity"),
    [
        ('<span class="tg-spoiler">x</span>', Entity("spoiler", 0, 1)),
        ("<blockquote expandable>x</blockquote>", Entity("expandable_blockquote", 0, 1)),
        ('<a href="https://e.lv/?a=1&amp;b=2">x</a>', Entity("text_link", 0, 1, url="https://e.lv/?a=1&b=2")),
        ("<a href='https://e.lv/?a=1&b=2'>x</a>", Entity("text_link", 0, 1, url="https://e.lv/?a=1&b=2")),
        ('<pre><code class="language-python">x</code></pre>', Entity("pre", 0, 1, language="python")),
        ('<tg-emoji emoji-id="5368">👍</tg-emoji>', Entity("custom_emoji", 0, 2, custom_emoji_id="5368")),
    ],
)
def test_tags_with_attributes_are_read(html: str, entity: Entity) -> None:
    assert parse(html).entities == (entity,)


def test_nested_tags_give_nested_entities() -> None:
    assert parse("<b>a<i>b</i></b>").entities == (Entity("bold", 0, 2), Entity("italic", 1, 1))


def test_a_tag_around_nothing_styles_nothing() -> None:
    assert parse("a<b></b>") == Parsed("a", ())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#39;&#x27;", "''"),
        ("R&D, a & b", "R&D, a & b"),
        ("a > b", "a > b"),
    ],
)
def test_character_references_are_decoded_and_a_lone_ampersand_stays(html: str, text: str) -> None:
    assert parse(html).text == text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag: expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag"),
        ("ā<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a<br>b", 'Unsupported start tag "br"'),
        ("<!-- x -->", 'Unsupported start tag "!--"'),
        ("a < b > c", 'Unsupported start tag ""'),
        ("a <b", "Unclosed start tag"),
        ('<b class="x">x</b>', 'Unsupported attribute "class"'),
        ('<a href="https://e.lv" title="x">x</a>', 'Unsupported attribute "title"'),
        ('<span class="x">x</span>', 'must have class "tg-spoiler"'),
        ("<span>x</span>", 'must have class "tg-spoiler"'),
        ("<a>x</a>", "is lost"),
        ('<a href="mailto:a@e.lv">x</a>', "Unsupported URL protocol"),
        ('<a href="https://e .lv">x</a>', "Wrong HTTP URL"),
        ('<a href="https://e.lv>x</a>', "Unclosed start tag"),
        ("&nbsp;", 'Unsupported entity "&nbsp;"'),
        ("&#0;", "invalid Unicode"),
        ("&#xD800;", "invalid Unicode"),
        ("<code><b>x</b></code>", "loses its style"),
        ("<pre>x<i>y</i></pre>", "loses its style"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", 'inside another "blockquote"'),
        ('<code class="language-python">x</code>', 'directly inside "pre"'),
        ("<tg-emoji>👍</tg-emoji>", "Invalid custom emoji"),
    ],
)
def test_what_telegram_refuses_or_quietly_drops_is_refused_with_its_reason(html: str, reason: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(html)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://www.erasmusplus.lv/lat", True),
        ("http://viaa.gov.lv", True),
        ("tg://resolve?domain=x", True),
        ("erasmusplus.lv", False),
        ("https://localhost", False),
        ("https://", False),
        ("https://[bad", False),
        ("tel:+37120000000", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_addresses_that_telegram_opens_pass(url: str, opens: bool) -> None:
    assert (link_fault(url) == "") is opens


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('See <a href="https://e.lv/guide">the <b>guide</b></a>!', "See the guide (https://e.lv/guide)!"),
        ('<a href="https://e.lv/">https://e.lv</a>', "https://e.lv"),
        ('<a href="https://www.e.lv/">e.lv</a>', "e.lv"),
        ('👍<a href="https://a.lv">a</a><a href="https://b.lv">b</a>', "👍a (https://a.lv)b (https://b.lv)"),
        ("<b>10&nbsp0 &amp; more</b>", "10&nbsp0 & more"),
    ],
)
def test_plain_text_writes_addresses_out_unless_the_text_says_them(html: str, text: str) -> None:
    assert to_plain(html) == text


def test_runs_carry_styles_and_the_address_of_their_link() -> None:
    text, entities = parse('a<b>👍<a href="https://e.lv">c</a></b>')
    assert list(runs(text, entities)) == [
        Run("a"),
        Run("👍", frozenset({"bold"})),
        Run("c", frozenset({"bold", "text_link"}), "https://e.lv"),
    ]


def test_white_space_around_a_text_goes_and_entities_move_along() -> None:
    assert trimmed(*parse("\n <b> 👍 </b> \n")) == ("👍", (Entity("bold", 0, 2),))
