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
    with pytest.raises(KnowledgeError, match=r"x\.yaml:3: key 'a' stands twice"):
        yamlfile.parse("a: 1\nb: 2\na: 3\n", "x.yaml")


def test_broken_yaml_names_file_line_and_what_to_look_at() -> None:
    with pytest.raises(KnowledgeError, match=r"x\.yaml:2: .* check indentation"):
        yamlfile.parse("a: 1\n b: [2\n", "x.yaml")


def test_an_expression_without_quotation_marks_is_named_with_the_remedy() -> None:
    with pytest.raises(KnowledgeError, match=r"x\.yaml:2: a text that begins with \{\{ needs"):
        yamlfile.parse("a: 1\nanswer: {{ call.grant.total }}\n", "x.yaml")


def test_python_objects_are_refused() -> None:
    with pytest.raises(KnowledgeError):
        yamlfile.parse("!!python/object/apply:os.system ['true']", "x.yaml")


def test_the_line_of_a_path_is_where_an_editor_finds_it() -> None:
    text = "- id: a\n  lv:\n    title: x\n- id: b\n  lv:\n    title: y\n"
    assert yamlfile.line_of(text, (1, "lv", "title")) == 6
    assert yamlfile.line_of(text, (1, "lv", "missing")) == 5
