"""Each kind of finding in the data, at the line where a curator must look."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot import lint
from bot.linting import (
    accepted,
    ambiguous,
    calls,
    expiry,
    facts,
    figures,
    overlap,
    phrasings,
    sources,
    translations,
)
from bot.linting.finding import Finding
from bot.linting.places import Places
from bot.linting.templates import parts
from bot.linting.twins import entry_twins, phrase_twins, twins
from bot.services import build_services
from bot.settings import Settings
from knowledge.load import Knowledge, load_knowledge, packaged_data
from knowledge.model import KnowledgeError
from knowledge.render import Renderer
from tests import elsewhen, worlds

ENTRIES = """\
# Two topics.
- id: money
  about: ka2-2020
  until: 2020-06-30
  lv:
    title: Nauda
    answer: Līdz {{ call.grant.total | money }}.
    detail: Piemērs.
    asks: |
      cik daudz naudas

      kāda summa
  en:
    title: Money
    answer: Up to {{ call.grant.total | money }}.
    detail: An example.
    asks: |
      how much money
  ru:
    asks: |
      сколько денег
- id: partners
  lv:
    title: Partneri
    answer: Vismaz {{ call.consortium.partners }}.
    asks: |
      cik partneru
      kādi partneri
  en:
    title: Partners
    answer: At least {{ call.consortium.partners }}.
    asks: |
      how many partners
"""


class World:
    """A knowledge base in a folder, with two entries; `edit` changes a file as a curator would."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edit(self, old: str, new: str, file: str = "entries/two.yaml") -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def knowledge(self) -> Knowledge:
        return load_knowledge(self.root)

    def line(self, finding: Finding) -> str:
        """The line that a finding points at."""
        file, _, number = finding.place.rpartition(":")
        path = self.root / file.removeprefix("knowledge/data/")
        return path.read_text(encoding="utf-8").splitlines()[int(number) - 1].strip()


@pytest.fixture
def world(tmp_path: Path) -> World:
    root = tmp_path / "data"
    others = shutil.ignore_patterns("*.gz", "entries", "translations*", "most_asked.yaml")
    shutil.copytree(str(packaged_data()), root, ignore=others)
    (root / "entries").mkdir()
    (root / "entries" / "two.yaml").write_text(ENTRIES, encoding="utf-8")
    (root / "checks" / "ka2-2020.yaml").unlink()
    (root / "ambiguous.yaml").unlink()
    (root / "figures.yaml").unlink()
    return World(root)


Check = Callable[[Knowledge, Places], Iterator[Finding]]


def unequal(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    return translations.unequal(entry_twins(knowledge), knowledge, places)


def written_out(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    return figures.written_out(entry_twins(knowledge), knowledge, places)


def undefined(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    return facts.undefined(entry_twins(knowledge), knowledge, places)


def expired(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    return expiry.expired(knowledge, worlds.CLOSED, places)


@pytest.mark.parametrize(
    "check", [unequal, written_out, undefined, phrasings.twice, ambiguous.unknown_ids, sources.beyond]
)
def test_nothing_is_found_where_nothing_is_wrong(world: World, check: Check) -> None:
    knowledge = world.knowledge()
    assert list(check(knowledge, Places(knowledge))) == []


@pytest.mark.parametrize(
    ("check", "old", "new", "line", "said"),
    [
        (unequal, "    detail: An example.\n", "", "detail: Piemērs.", "error: .*add the English text"),
        (unequal, "    detail: Piemērs.\n", "", "detail: An example.", "error: .*add the Latvian text"),
        (
            unequal,
            "Up to {{ call.grant.total | money }}",
            "Up to {{ call.grant.per_month | money }}",
            "answer: Up to",
            r"error: .*Latvian: call\.grant\.total; only in English: call\.grant\.per_month",
        ),
        (unequal, "An example.", "An example of 7.", "detail: An example", "warning: .*English: 7"),
        (
            written_out,
            "{{ call.grant.total | money }}.\n    detail: Piemērs",
            "450 000 EUR.\n    detail: Piemērs",
            "answer: Līdz 450 000",
            r"450000 is call\.grant\.total",
        ),
        (written_out, "An example.", "Call 67785421.", "detail: Call", r"67785421 is call\.contacts"),
        (
            undefined,
            "An example.",
            "So {% if sector == 'none such' %}{{ call.grant.per_year }}{% endif %}",
            "detail:",
            r"error: .*no fact call\.grant\.per_year",
        ),
        (undefined, "An example.", "See {{ call.links.nowhere.url }}", "detail:", r"links\.nowhere"),
        (undefined, "An example.", "Fax {{ call.contact(sector).fax }}", "detail:", r"contact\(…\)\.fax"),
        (
            phrasings.twice,
            "kādi partneri",
            "Kada summa?",
            "Kada summa?",
            r"error: .*stands in money too, at knowledge/data/entries/two\.yaml:12",
        ),
        (phrasings.twice, "kādi partneri", "NAUDA!", "NAUDA!", r"error: .*two\.yaml:6"),
        (phrasings.twice, "kādi partneri", "Cik partneru?", "Cik partneru?", "warning: .*partners twice"),
    ],
)
def test_findings_and_their_lines(
    world: World, check: Check, old: str, new: str, line: str, said: str
) -> None:
    world.edit(old, new)
    knowledge = world.knowledge()
    (finding,) = check(knowledge, Places(knowledge))
    assert world.line(finding).startswith(line)
    assert re.search(said, str(finding))


def test_a_misspelt_fact_is_no_disagreement_of_the_languages_too(world: World) -> None:
    world.edit("Up to {{ call.grant.total", "Up to {{ call.grant.totale")
    knowledge = world.knowledge()
    assert list(unequal(knowledge, Places(knowledge))) == []
    assert len(list(undefined(knowledge, Places(knowledge)))) == 1


def test_a_misspelt_fact_is_shown_at_its_line_within_a_long_text(world: World) -> None:
    world.edit(
        "detail: An example.", "detail: >-\n      One,\n      two {{ call.grant.totale }},\n      three"
    )
    knowledge = world.knowledge()
    (finding,) = undefined(knowledge, Places(knowledge))
    assert world.line(finding) == "two {{ call.grant.totale }},"


def missing(world: World) -> list[Finding]:
    knowledge = world.knowledge()
    services = replace(worlds.services(), knowledge=knowledge, renderer=Renderer(knowledge))
    return list(sources.missing(services, Places(knowledge)))


def test_an_answer_without_any_source_is_found(world: World) -> None:
    assert missing(world) == []
    world.edit("Vismaz {{ call.consortium.partners }}", "Vismaz trīs")
    assert missing(world) == [], "the English text names a fact"
    world.edit("At least {{ call.consortium.partners }}", "At least three")
    (finding,) = missing(world)
    assert (finding.level, world.line(finding)) == ("error", "- id: partners")
    assert "source: [document/page]" in finding.message
    world.edit("- id: partners\n", "- id: partners\n  source: presentation/2\n")
    assert missing(world) == []


def test_small_talk_needs_no_source(world: World) -> None:
    world.edit("Vismaz {{ call.consortium.partners }}", "Lūdzu")
    world.edit("At least {{ call.consortium.partners }}", "You are welcome")
    world.edit("- id: partners\n", "- id: partners\n  kind: redirect\n")
    assert missing(world) == []


def test_an_entry_whose_last_day_has_passed_is_doubtful(world: World) -> None:
    knowledge = world.knowledge()
    (finding,) = expired(knowledge, Places(knowledge))
    assert (finding.level, world.line(finding)) == ("warning", "until: 2020-06-30")
    on_the_day = datetime(2020, 6, 30, 23, 59, tzinfo=worlds.RIGA)
    assert list(expiry.expired(knowledge, on_the_day, Places(knowledge))) == []


def test_a_phrasing_may_stand_in_each_language_and_in_entries_declared_ambiguous(world: World) -> None:
    world.edit("how much money", "nauda")
    knowledge = world.knowledge()
    assert list(phrasings.twice(knowledge, Places(knowledge))) == []
    world.edit("kādi partneri", "kāda summa")
    assert len(list(phrasings.twice(world.knowledge(), Places(world.knowledge())))) == 1
    (world.root / "ambiguous.yaml").write_text("# both\n- [money, partners]\n", encoding="utf-8")
    assert list(phrasings.twice(world.knowledge(), Places(world.knowledge()))) == []


def test_a_declared_id_must_exist(world: World) -> None:
    (world.root / "ambiguous.yaml").write_text("# both\n- [money, partners]\n- [money, gold]\n", "utf-8")
    knowledge = world.knowledge()
    (finding,) = ambiguous.unknown_ids(knowledge, Places(knowledge))
    assert finding.place == "knowledge/data/ambiguous.yaml:3"
    (world.root / "ambiguous.yaml").write_text("# both\n- money\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"ambiguous\.yaml:2"):
        ambiguous.declared(knowledge)


def test_a_figure_may_be_declared_for_one_entry(world: World) -> None:
    world.edit("An example.", "A project of 24 months.")
    world.edit("Piemērs.", "24 mēnešu projekts.")
    knowledge = world.knowledge()
    assert len(list(written_out(knowledge, Places(knowledge)))) == 2
    (world.root / "figures.yaml").write_text("money: [24]\n", encoding="utf-8")
    assert list(written_out(knowledge, Places(knowledge))) == []
    (world.root / "figures.yaml").write_text("# why\nmoney: 24\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"figures\.yaml:2"):
        figures.allowed_figures(knowledge)


def out_of_step(world: World) -> list[Finding]:
    knowledge = world.knowledge()
    return list(accepted.out_of_step(entry_twins(knowledge), knowledge, Places(knowledge)))


def test_a_latvian_text_changed_after_its_english_twin(world: World) -> None:
    assert {finding.level for finding in out_of_step(world)} == {"warning"}
    knowledge = world.knowledge()
    assert "entries/money/answer" in accepted.accept(entry_twins(knowledge), knowledge)
    assert out_of_step(world) == []
    world.edit("detail: Piemērs.", "detail: >-\n      Piemērs.")
    assert out_of_step(world) == []
    world.edit("      Piemērs.", "      Cits piemērs.")
    (finding,) = out_of_step(world)
    assert (finding.level, world.line(finding)) == ("error", "detail: >-")
    assert "bring the English up to date" in finding.message
    world.edit("An example.", "Another example.")
    (finding,) = out_of_step(world)
    assert (finding.level, world.line(finding)) == ("warning", "detail: Another example.")
    knowledge = world.knowledge()
    assert accepted.accept(entry_twins(knowledge), knowledge) == ["entries/money/detail"]
    world.edit("Another example.", "One more.")
    (finding,) = out_of_step(world)
    assert "bring the Latvian up to date" in finding.message


def test_accepting_changes_no_file_of_the_curator(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = (world.root / "entries" / "two.yaml").read_bytes()
    services = build_services(Settings().clock(), world.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lint, "build_services", lambda clock: services)
        lint.accept(Settings())
    assert "accepted: entries/money/title" in capsys.readouterr().out
    assert (world.root / "entries" / "two.yaml").read_bytes() == before
    assert (world.root / accepted.FILE).is_file()


def test_entries_that_are_mistaken_for_one_another(world: World) -> None:
    world.edit("cik partneru", "kāda summa paredzēta")
    knowledge = world.knowledge()
    result = overlap.overlap(knowledge, parts=4)
    assert result.asked == sum(1 for _ in phrasings.every_phrasing(knowledge, titles=False))
    assert [p for *_, p in result.mistaken["partners", "money"]] == ["kāda summa paredzēta"]
    said = list(overlap.report(result, knowledge, Places(knowledge)))
    assert any("money and partners are mistaken" in line for line in said)
    assert any("“kāda summa paredzēta” of partners finds money" in line for line in said)
    (world.root / "ambiguous.yaml").write_text("- [money, partners]\n", encoding="utf-8")
    assert overlap.overlap(knowledge, parts=4).mistaken == {}


def test_a_latest_call_without_checks_is_found(world: World) -> None:
    knowledge = world.knowledge()
    (finding,) = calls.incomplete(knowledge, Places(knowledge))
    assert world.line(finding) == "id: ka2-2020"
    assert list(calls.incomplete(worlds.knowledge(), Places(worlds.knowledge()))) == []


IN_CALL, IN_TWO = "calls/ka2-2020.yaml", "entries/two.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (IN_CALL, "total: 450000,", "total: 45000,", "45000, but per_month 12500 × 36 months .* is 450000"),
        (IN_CALL, "max_months: 36}}", "max_months: 48}}", "× 48 months .* is 600000; check the three"),
    ],
)
def test_a_grant_that_is_not_its_months_is_doubtful(
    world: World, file: str, old: str, new: str, said: str
) -> None:
    world.edit(old, new, file)
    knowledge = world.knowledge()
    (finding,) = calls.disagreeing(knowledge, Places(knowledge))
    assert (finding.level, "grant:" in world.line(finding)) == ("warning", True)
    assert re.search(said, finding.message)


@pytest.mark.parametrize("knowledge", [worlds.knowledge, elsewhen.knowledge])
def test_the_grants_of_our_calls_are_their_months(knowledge: Callable[[], Knowledge]) -> None:
    assert list(calls.disagreeing(knowledge(), Places(knowledge()))) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (IN_CALL, "450000, source: presentation/2}", "450000, source: presentation/33}", "grant:"),
        (IN_CALL, "[presentation/3, presentation/25]", "[presentation/3, presentation/52]", "start:"),
        (IN_CALL, '"2020-03", source: presentation/30', '"2020-03", source: presentation/x', "consult"),
        (IN_TWO, "- id: partners\n", "- id: partners\n  source: [presentation/0]\n", "source: [pres"),
        ("documents.yaml", "length: 32 ", "length: 31 ", "source: presentation/32"),
    ],
)
def test_a_slide_beyond_the_last_is_found(world: World, file: str, old: str, new: str, line: str) -> None:
    world.edit(old, new, file)
    knowledge = world.knowledge()
    found = list(sources.beyond(knowledge, Places(knowledge)))
    assert [finding for finding in found if line in world.line(finding)]
    assert all(re.search("presentation ends with 3[12]; correct the number", each.message) for each in found)


def test_what_a_template_names() -> None:
    found = parts(
        "<a href='x/2020'>24</a> {{ (12 * call.grant.per_month) | money }} {{ 36 | plural('a', 'b') }} 12:00 "
        "{% set c = call.contact(none) %}{{ c.name }} KA201 "
        "{% if n > 7 %}{{ call.budget[4].percent }}{% endif %} 12 500"
    )
    assert found.facts == {"call.grant.per_month", "call.contact(None)", "call.budget[4].percent"}
    assert found.values == {"n"}
    assert found.written == {"24", "12.00", "12500"}
    assert found.counted == {"12", "36"}


def test_facts_that_nobody_names_are_found(world: World) -> None:
    knowledge = world.knowledge()
    found = list(facts.unused([], knowledge, Places(knowledge)))
    assert all(finding.level == "warning" for finding in found)
    assert "corrigendum:" in {
        world.line(f).partition(" ")[0] for f in found if "call.corrigendum " in f.message
    }
    assert not [f for f in found if "call.grant.total " in f.message], "the code names it"


def test_every_text_has_a_name_of_its_own() -> None:
    names = [twin.name for twin in twins(worlds.knowledge())]
    assert len(names) == len(set(names))
    assert {name.partition("/")[0] for name in names} == {
        "entries",
        "phrases",
        "calls",
        "programmes",
        "checks",
    }
    assert all(twin.lv_file.startswith("handlers/phrases/lv/") for twin in phrase_twins())
