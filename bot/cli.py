"""The command line. Each command imports what it needs when it runs, so that `ask` starts fast."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import SettingsError, UnreachableError
from bot.settings import Settings, described, read_settings
from bot.web import PORT
from knowledge.model import KnowledgeError, Language

# without typer's tracebacks: they may print local variables, and with them the token
app = typer.Typer(
    name="ka2bot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Telegram assistant for applicants of Erasmus+ KA2 Strategic Partnerships in Latvia.",
)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
InLanguage = Annotated[Language | None, typer.Option("--lang", help="Language of the answers.")]


@app.callback(invoke_without_command=True)
def options(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """What stands before a command."""
    if version:
        from importlib.metadata import version as installed_version

        typer.echo(f"ka2bot {installed_version('ka2bot')}")
        raise typer.Exit


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotation marks.")] = None,
    batch: Annotated[bool, typer.Option("--batch", help="Read questions from standard input.")] = False,
    lang: InLanguage = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the answer was found.")] = False,
) -> None:
    """Answer one question, or with --batch one a line."""
    if batch is (question is not None):
        raise typer.BadParameter("give one question, or --batch and questions on standard input")
    if explain:
        if question is None or as_json:
            raise typer.BadParameter("--explain takes one question, and no --json")
        from bot import explaining

        explaining.explain(read_settings(), question, lang)
        return
    from bot import asking

    asking.ask(read_settings(), question, lang, as_json=as_json)


@app.command()
def chat(
    lang: InLanguage = None,
    as_json: AsJson = False,
    files: Annotated[
        Path, typer.Option("--files", file_okay=False, help="Where files that the bot hands over are kept.")
    ] = Path("ka2bot-files"),
) -> None:
    """Talk to the bot here: real handlers, no token, no network. #2 presses the second button."""
    from bot import chat as chatting

    chatting.chat(read_settings(), lang or "lv", as_json=as_json, files=files)


@app.command()
def web(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port on this machine.")] = PORT,
    lang: InLanguage = None,
) -> None:
    """Talk to the bot in a browser on this machine, as on a phone, and see each change of the knowledge."""
    from bot.web import serving

    serving.web(read_settings(), lang or "lv", port)


@app.command()
def run(
    take_over: Annotated[bool, typer.Option("--take-over", help="Delete a webhook that is set.")] = False,
) -> None:
    """Answer on Telegram by long polling until SIGTERM or Ctrl-C."""
    settings = _settings_with_token()
    from bot import polling

    polling.run(settings, take_over=take_over)


@app.command()
def serve() -> None:
    """Answer on Telegram by webhook until SIGTERM or Ctrl-C; set the webhook with register."""
    settings = _settings_with_token()
    from bot import serving

    serving.serve(settings)


@app.command()
def register(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would be set.")] = False,
) -> None:
    """Set commands, descriptions and menu button in Telegram, and the webhook where WEBHOOK_URL is set.

    What is set already stays; each difference is printed. A dry run needs no token; with one it compares.
    """
    settings = read_settings()
    if settings.has_token() or not dry_run:
        settings = _settings_with_token()
    from bot import registering

    registering.run(settings, dry_run=dry_run)


@app.command()
def links(
    username: Annotated[
        str | None, typer.Option("--username", help="The bot's name at Telegram, else BOT_USERNAME.")
    ] = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Let the links open in this language.")
    ] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated, with a head line.")] = False,
) -> None:
    """List the links that open an answer, a contact or a command, for web pages and e-mails."""
    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both")
    from bot import linking

    linking.run(read_settings(), username, lang, "json" if as_json else "csv" if as_csv else "table")


@app.command("eval")
def evaluate(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="One question a line, as JSON.")
    ],
    split: Annotated[
        bool, typer.Option("--split", help="Show misses of the tune half only, totals of the hold half.")
    ] = False,
    relabelled: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="YAML: what some questions are held to instead."),
    ] = None,
) -> None:
    """Score question sets: strict, assisted, wrong and false answers, then the misses."""
    from bot.evaluation import evaluate as score

    score(read_settings(), files, split=split, relabelled=relabelled)


@app.command()
def lint(
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep that all translations agree as they are now.")
    ] = False,
    overlap: Annotated[
        bool, typer.Option("--overlap", help="Show which entries are mistaken for one another.")
    ] = False,
) -> None:
    """Check knowledge and phrases; each finding names file and line."""
    from bot import lint as linting

    if overlap:
        linting.report_overlap(read_settings())
        return
    if accept:
        linting.accept(read_settings())
    if not linting.report(read_settings()):
        raise typer.Exit(1)


@app.command()
def review(
    listing: Annotated[bool, typer.Option("--list", help="Only show what there is to decide.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Only show it, one JSON object a line for each group.")
    ] = False,
    accept: Annotated[
        Path | None,
        typer.Option(
            "--accept",
            exists=True,
            dir_okay=False,
            help="YAML with decisions, one a line: a question, a colon, and an entry's id, new entry, "
            "ignore or mended.",
        ),
    ] = None,
    proposals: Annotated[
        Path, typer.Option("--proposals", dir_okay=False, help="File that keeps what was decided.")
    ] = Path("proposals.yaml"),
    questions: Annotated[
        list[Path] | None,
        typer.Option(
            "--questions",
            exists=True,
            dir_okay=False,
            help="Question set that shows the effect; default those of the project. May be repeated.",
        ),
    ] = None,
) -> None:
    """Go through what people asked and the bot did not know, or was told it answered badly."""
    if listing + as_json + (accept is not None) > 1:
        raise typer.BadParameter("give one of --list, --json and --accept")
    from bot import review as reviewing

    desk = reviewing.Desk(read_settings(), proposals, questions or [])
    if as_json:
        reviewing.show_json(desk)
    elif accept is not None:
        reviewing.accept(desk, accept)
    elif listing or not sys.stdin.isatty():
        reviewing.show(desk)
    else:
        reviewing.interview(desk)


@app.command()
def schema(
    write: Annotated[
        Path | None, typer.Option("--write", file_okay=False, help="Write the files into this folder.")
    ] = None,
) -> None:
    """Print the JSON Schema of the knowledge files, or write one file for each kind."""
    from bot import schema as shapes

    if write is None:
        typer.echo("\n".join(shapes.schemas().values()), nl=False)
        return
    for path in shapes.write(write):
        typer.echo(path)


@app.command("settings")
def list_settings() -> None:
    """List every setting with its present value and its meaning; secrets are not shown."""
    for setting in described(read_settings()):
        typer.echo(f"{setting.name:<24} {setting.value:<28} {setting.meaning}")


def main() -> None:
    """The console script; what is wrong is said in words, with exit code 2 for settings, else 1."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except SettingsError as error:
        typer.echo(f"ka2bot: {error}", err=True)
        sys.exit(2)
    except KnowledgeError as error:
        # each line begins with its file, so that editors and terminals open it
        typer.echo(str(error), err=True)
        sys.exit(1)
    except UnreachableError as error:
        typer.echo(f"ka2bot: {error}", err=True)
        sys.exit(1)


def _settings_with_token() -> Settings:
    """For commands that talk to Telegram; from here on the token is kept out of the logs."""
    from bot.logs import set_up_logs

    settings = read_settings()
    secrets = [settings.bot_token(), *settings.secrets()]
    set_up_logs(settings.log_level, secrets, as_json=settings.log_format == "json")
    return settings
