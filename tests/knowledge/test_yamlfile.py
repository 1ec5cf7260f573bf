from pathlib import Path

import pytest

from knowledge import yamlfile
from knowledge.model import KnowledgeError


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12:00", "12:00"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("0123", "0123"),
        ("2020-03-24", "2020-03-24"),
        ("1e3", "1e3"),
        ("12_500", "12_500"),
        ("true", True),
        ("null", None),
        ("12500", 12500),
        ("-3", -3),
        ("99.5", 99.5),
        ("", None),
    ],
)
def test_only_null_true_false_and_plain_numbers_are_more_than_text(written: str, read: object) -> None:
    assert yamlfile.parse(f"value: {written}", "x.yaml") == {"value": read}


def test_a_key_that_stands_twice_is_refused_with_its_line() -> None:
    with pytest.raises(KnowledgeError, match=r"x\.yaml:3: error: key 'a' stands twice; keep one$"):
        yamlfile.parse("a: 1\nb: 2\na: 3\n", "x.yaml")


def test_broken_yaml_names_file_line_and_what_to_look_at() -> None:
    with pytest.raises(KnowledgeError, match=r"x\.yaml:2: error: .* check indentation"):
        yamlfile.parse("a: 1\n b: [2\n", "x.yaml")


def test_an_expression_without_quotation_marks_is_named_with_the_remedy() -> None:
    with pytest.raises(KnowledgeError, match=r"x\.yaml:2: error: a text that begins with \{\{ needs"):
        yamlfile.parse("a: 1\nanswer: {{ call.grant.total }}\n", "x.yaml")


def test_python_objects_are_refused() -> None:
    with pytest.raises(KnowledgeError):
        yamlfile.parse("!!python/object/apply:os.system ['true']", "x.yaml")


def test_the_line_of_a_path_is_where_an_editor_finds_it() -> None:
    text = "- id: a\n  lv:\n    title: x\n- id: b\n  lv:\n    title: y\n"
    assert yamlfile.line_of(text, (1, "lv", "title")) == 6
    assert yamlfile.line_of(text, (1, "lv", "missing")) == 5


def test_the_lines_of_a_text_are_all_that_it_takes() -> None:
    tree = yamlfile.Tree("- id: a\n  lv:\n    answer: >-\n      one\n      two\n    asks: x\n")
    assert [*tree.lines((0, "lv", "answer"))] == [3, 4, 5]
    assert [*tree.lines((0, "lv", "asks"))] == [6]
    assert [*tree.lines((0, "lv", "missing"))] == [2]


def test_a_file_in_another_encoding_names_the_line_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("a: 1\nb: ceļš\n".encode("cp1257"))
    with pytest.raises(KnowledgeError, match=r"^x\.yaml:2: error: not UTF-8; save it as UTF-8$"):
        yamlfile.read(file, "x.yaml")


def test_a_mark_of_utf_8_at_the_beginning_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a: 1\n", encoding="utf-8-sig")
    assert yamlfile.parse(yamlfile.read(file, "x.yaml"), "x.yaml") == {"a": 1}


def test_a_character_that_cannot_be_seen_is_named_by_its_line() -> None:
    with pytest.raises(KnowledgeError, match=r"^x\.yaml:2: error: a character that cannot be seen"):
        yamlfile.parse("a: ceļš\nb: \x07\n", "x.yaml")
