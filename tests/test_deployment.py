"""compose.yaml, the Caddyfile, the image and docs/operations.md agree with the program."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings
from bot.updates import LAST_WORDS, LIMIT

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NAMES = {field.alias for field in Settings.model_fields.values()}


def test_compose_sets_what_the_program_knows() -> None:
    for service in ("bot", "register"):
        assert set(COMPOSE["services"][service]["environment"]) <= NAMES


def test_secrets_are_files_and_nothing_else() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("TOKEN|SECRET|PASSWORD|DATABASE_URL", name):
                assert name.endswith("_FILE"), name
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


def test_whoever_is_waited_for_has_a_health_check_and_time_to_stop() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        for other in service.get("depends_on", {}):
            assert "healthcheck" in services[other]
    grace = int(services["bot"]["stop_grace_period"].removesuffix("s"))
    assert grace > LIMIT + LAST_WORDS


def test_the_proxy_waits_longer_than_an_update_takes_and_shows_nothing_else() -> None:
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    waits = re.search(r"response_header_timeout (\d+)s", caddy)
    assert waits
    assert int(waits[1]) > LIMIT + LAST_WORDS
    assert re.findall(r"handle (/\S+)", caddy) == ["/telegram"]


def test_every_setting_is_explained_to_operators() -> None:
    assert {name for name in NAMES if f"`{name}`" not in OPERATIONS} == set()


def test_every_figure_that_is_watched_exists() -> None:
    source = (ROOT / "bot" / "metrics.py").read_text(encoding="utf-8")
    for figure in re.findall(r"`(ka2bot_\w+?)(?:_total)?[{`]", OPERATIONS):
        assert f'"{figure.removesuffix("_total")}"' in source, figure
