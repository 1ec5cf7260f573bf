"""Three floors: a package imports from floors below it, and only the adapter knows Telegram."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = {
    "knowledge": {"knowledge"},
    "handlers": {"knowledge", "handlers"},
    "bot": {"knowledge", "handlers", "bot"},
}
FOREIGN_TO = {
    "knowledge": {"telegram", "sqlalchemy", "httpx", "typer", "rich", "asyncio", "socket", "urllib"},
    "handlers": {"sqlalchemy", "httpx", "typer", "rich", "socket"},
    "bot": set[str](),
}
ADAPTER = ROOT / "handlers" / "telegram"


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("package", BELOW)
def test_a_package_imports_only_from_floors_below(package: str) -> None:
    for module in modules(package):
        above = set(imported(module)) & (BELOW.keys() - BELOW[package])
        assert not above, f"{module.relative_to(ROOT)} imports {above}"


@pytest.mark.parametrize("package", BELOW)
def test_a_package_keeps_to_its_trade(package: str) -> None:
    for module in modules(package):
        foreign = set(imported(module)) & FOREIGN_TO[package]
        assert not foreign, f"{module.relative_to(ROOT)} imports {foreign}"


def test_of_the_handlers_only_the_adapter_knows_telegram() -> None:
    knowing = {module.parent for module in modules("handlers") if "telegram" in imported(module)}
    assert knowing == {ADAPTER}


@pytest.mark.parametrize("package", BELOW)
def test_everything_imported_is_declared(package: str) -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = {"telegram": "python-telegram-bot", "yaml": "pyyaml", "markupsafe": "jinja2"}
    for module in modules(package):
        for name in set(imported(module)) - sys.stdlib_module_names - BELOW.keys() - {"__future__"}:
            wanted = names.get(name, name.replace("_", "-"))
            assert f'"{wanted}' in declared, f"{module.relative_to(ROOT)} imports {name}"
