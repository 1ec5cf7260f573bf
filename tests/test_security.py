"""What docs/security.md promises and no other test shows; and that every test it names is there."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from knowledge import yamlfile
from tests import worlds

ROOT = Path(__file__).parent.parent
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of a method or function in the program: its place, itself, its name."""
    for package in ("bot", "handlers", "knowledge"):
        for module in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    place = f"{module.relative_to(ROOT)}:{node.lineno}"
                    yield place, node, ast.unparse(node.func)


@pytest.mark.parametrize("test", sorted(set(re.findall(r"`(tests/\S+?::\S+?)`", SECURITY))))
def test_each_threat_names_a_test_that_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), (
        test
    )


def test_each_threat_has_a_proof() -> None:
    rows = [line for line in SECURITY.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    assert all("`tests/" in row for row in rows)


def test_yaml_is_only_ever_loaded_safely() -> None:
    assert issubclass(yamlfile._PlainLoader, yaml.CSafeLoader)
    for place, node, name in calls():
        if name == "yaml.load":
            loader = ast.unparse(node.keywords[0].value if node.keywords else node.args[1])
            assert loader in ("_PlainLoader", "yaml.CSafeLoader"), place
        assert name not in ("yaml.unsafe_load", "yaml.full_load", "pickle.loads", "eval", "exec"), place


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ call.__init__.__globals__ }}",
        "{{ (call.contact.__func__).__code__ }}",
        "{% set x = ''.__class__ %}{{ x }}",
    ],
)
def test_a_template_cannot_reach_python(template: str) -> None:
    renderer = worlds.turn().services.renderer
    with pytest.raises(Exception, match=r"(?i)unsafe|undefined|access"):
        renderer.render(template, "lv", {})


def test_no_sql_is_put_together_from_text() -> None:
    for place, node, name in calls():
        if name.rpartition(".")[2] in ("text", "exec_driver_sql", "executescript") and place.startswith(
            "bot/store"
        ):
            sources = [ast.unparse(each) for each in ast.walk(node) if isinstance(each, ast.JoinedStr)]
            assert sources == [], place


def test_an_audit_that_could_not_ask_does_not_pass(tmp_path: Path) -> None:
    (tmp_path / "constraints.txt").write_text("ka2bot==1\n", encoding="utf-8")
    source = (ROOT / "scripts" / "audit.py").read_text(encoding="utf-8")
    script = tmp_path / "audit.py"
    script.write_text(source.replace("https://api.osv.dev", "http://127.0.0.1:1"), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, "NOTHING WAS CHECKED" in done.stderr) == (2, True)
