"""The command line. Commands import late, so that `--help` answers at once; their work is done elsewhere.

Data goes to stdout, words to stderr. The exit status is 0, or 2 with one line that says what was wrong with which
input. Nobody ever sees a traceback unless PREPBOT_DEBUG is set.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from prepbot.errors import BadInput, PrepbotError
from prepbot.streams import drop_stdout, output_to, speak_utf8

if TYPE_CHECKING:
    from prepbot.wiring import Prepbot

MOST_HITS = 100
FIRST_PORT = 8501

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_ROLE = click.argument("role", metavar="ROLE")
_OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 where the input could not be used."""
    speak_utf8()
    try:
        status = prepbot.main(args=argv if argv is None else list(argv), prog_name="prepbot", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # click leaves by SystemExit where the reader has gone
        drop_stdout()
        return 0
    except (KeyboardInterrupt, Exception) as error:  # a person at a terminal gets a sentence, not a traceback
        if os.environ.get("PREPBOT_DEBUG"):
            raise
        click.echo(f"prepbot: {' '.join(_sentence(error).split())}", err=True)
        return 2
    return status if isinstance(status, int) else 0


def _sentence(error: BaseException) -> str:
    match error:
        case click.UsageError(ctx=click.Context() as context):
            return f"{error.format_message()} See {context.command_path} --help."
        case click.ClickException():
            return error.format_message()
        case PrepbotError():
            return str(error)
        case KeyboardInterrupt() | click.Abort():
            return "Stopped. What was answered is stored."
        case OSError(filename=str() as name):
            return f"{name}: {error.strerror or error}."
        case _:
            return f"failed ({type(error).__name__}: {error}); set PREPBOT_DEBUG=1 to see where."


def _open() -> "Prepbot":
    from prepbot.wiring import open_prepbot

    return open_prepbot()


def _print_json(value: Any) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))


def _words(*sentences: str | None) -> None:
    for sentence in filter(None, sentences):
        click.echo(sentence, err=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="prepbot", message="%(version)s")
@click.pass_context
def prepbot(context: click.Context) -> None:
    """Mock interviews from a role page. Without a command, opens the page.

    ROLE is a role's id in the library, such as ecommerce-specialist, or a path to a role page.
    """
    if context.invoked_subcommand is None:
        context.invoke(app)


@prepbot.command()
@click.option("--port", type=click.IntRange(1, 65535), default=FIRST_PORT, show_default=True, help="Serve here.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def app(port: int, no_browser: bool) -> None:
    """Open the page in a browser. It is served to this computer alone."""
    from prepbot.page_server import serve

    serve(port, open_browser=not no_browser)


@prepbot.command()
@_JSON
def roles(as_json: bool) -> None:
    """List the library, one role a line."""
    from prepbot.exports.roles import library_row

    rows = [library_row(entry) for entry in _open().roles.all()]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['title']}  ({row['stages']} stages, {row['questions']} questions)")


@prepbot.command()
@_ROLE
@_JSON
def role(role: str, as_json: bool) -> None:
    """Show what was read from a role page."""
    from prepbot.exports.roles import role_record, role_text

    entry = _open().roles.get(role)
    if as_json:
        _print_json(role_record(entry))
    else:
        click.echo(role_text(entry))


@prepbot.command()
@_ROLE
@click.argument("query")
@click.option("-k", type=click.IntRange(1, MOST_HITS), default=5, show_default=True, help="How many lines.")
@_JSON
def search(role: str, query: str, k: int, as_json: bool) -> None:
    """Find the role page's lines nearest to QUERY."""
    if not query.strip():
        raise BadInput("The query is empty; give a few words to look for.")
    open_bot = _open()
    hits = open_bot.index.search(open_bot.roles.get(role).role, query, k)
    _words(open_bot.index.notice)
    if as_json:
        _print_json(
            [{"text": h.text, "section": h.section.value, "line": h.line, "score": round(h.score, 4)} for h in hits]
        )
        return
    for hit in hits:
        click.echo(f"{hit.score:.2f}  line {hit.line}, {hit.section.value}: {hit.text}")


@prepbot.command()
@_ROLE
@click.option("--stage", "stages", multiple=True, metavar="NAME", help="Only this stage; may be given again.")
@click.option("--topic", "topics", multiple=True, metavar="T", help="Only questions on this topic; may be given again.")
@click.option("--length", type=click.Choice(["short", "full"]), default="full", show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Choose the same questions again.")
@click.option(
    "--script",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=r"Take the answers from FILE, one a line, \n for a line break.",
)
@_JSON
def interview(
    role: str,
    stages: Sequence[str],
    topics: Sequence[str],
    length: str,
    seed: int | None,
    script: Path | None,
    as_json: bool,
) -> None:
    """Sit an interview in the terminal, or by a script.

    In the terminal one line is one answer; /repeat, /skip, /pause and /end are commands. A script holds answers alone.
    """
    from prepbot.domain.plan import Length
    from prepbot.terminal import read_script, sit_by_script, sit_in_terminal

    if as_json and script is None:
        raise click.UsageError("--json goes with --script FILE; in a terminal the interview is talk.")
    answers = read_script(script) if script else ()
    if stages and topics:
        _words("--topic chooses the questions; --stage is not used with it.")
    bot = _open()
    plan = bot.planner.interview(bot.roles.get(role).role, Length(length), stages, topics, seed)
    _words(*bot.notices)
    if script is None:
        sit_in_terminal(bot.interviewer, plan)
    elif as_json:
        _print_json(sit_by_script(bot.interviewer, plan, answers).record())
    else:
        click.echo(sit_by_script(bot.interviewer, plan, answers).text())


@prepbot.command()
@_ROLE
@click.option("--answers", type=click.Path(path_type=Path), required=True, metavar="FILE", help="JSON Lines to grade.")
@_OUT
def grade(role: str, answers: Path, out: Path | None) -> int:
    """Grade a file of answers, one JSON line for each.

    Each input line is {"id", "question", "answer"}, and may have "stage" and "follow_ups": [{"question", "answer"}].
    """
    from prepbot.batch import grade_lines, read_lines
    from prepbot.reading.question_kind import question_kind

    with answers.open("rb") as lines:
        bot = _open()
        graded_role = bot.roles.get(role).role
        refused = 0
        with output_to(out, answers) as output:
            for record in grade_lines(bot.grader, graded_role, question_kind, read_lines(lines)):
                click.echo(record.json, file=sys.stderr if record.refused else output)
                output.flush()
                refused += record.refused
    return 2 if refused else 0


@prepbot.command()
@click.argument("interview_id")
@click.option(
    "--format", "kind", type=click.Choice(["json", "md", "html", "pdf", "docx"]), default="json", show_default=True
)
@_OUT
def review(interview_id: str, kind: str, out: Path | None) -> None:
    """Write the graded transcript of an interview."""
    from prepbot.exports import export

    if kind in {"pdf", "docx"}:
        raise BadInput(f"--format {kind} comes in a later version; --format html prints well.")
    text = export(_open().grader.review(interview_id), kind)
    with output_to(out) as output:
        click.echo(text, file=output)


@prepbot.command()
@_ROLE
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--advert", type=click.Path(path_type=Path), metavar="FILE", help="Compare a job advert as well.")
@_JSON
def resume(role: str, file: Path, advert: Path | None, as_json: bool) -> None:
    """Check a résumé against a role: KPIs, numbers, verbs, and the lines to rewrite first. Keeps nothing."""
    from prepbot.exports.resume import resume_record, resume_text

    bot = _open()
    read_role = bot.roles.get(role).role
    check = bot.resumes.check(read_role, bot.resumes.read_file(file))
    asked = bot.adverts.check(read_role, bot.adverts.read_file(advert)) if advert else None
    questions = bot.resumes.pick_ups(check)
    _words(*check.notices, *(asked.notices if asked else ()))
    if as_json:
        _print_json(resume_record(check, questions, asked))
    else:
        click.echo(resume_text(check, questions, asked))


@prepbot.command()
@_ROLE
@click.option("--add", type=click.Path(path_type=Path), metavar="FILE", help="Keep the story in FILE first.")
@_JSON
def stories(role: str, add: Path | None, as_json: bool) -> None:
    """Show which questions your stories answer, and what to fix before the day."""
    from prepbot.exports.readiness import readiness_record, readiness_text
    from prepbot.reading.files import read_text

    bot = _open()
    read_role = bot.roles.get(role).role
    if add:
        bot.stories.add(read_role, read_text(add))
    ready = bot.stories.readiness(read_role)
    _words(*ready.notices)
    if as_json:
        _print_json(readiness_record(ready))
    else:
        click.echo(readiness_text(ready))


@prepbot.command()
@click.option("--probe", is_flag=True, help="Ask each language model something small: its rung, its speed.")
@_JSON
def doctor(probe: bool, as_json: bool) -> None:
    """Say what is in use and what is missing. Only --probe sends anything."""
    from itertools import chain

    from prepbot import doctor as doctors
    from prepbot.settings import load_keys, load_settings

    settings, keys = load_settings(), load_keys()
    findings = chain(doctors.examine(settings, keys), doctors.probe(settings, keys) if probe else ())
    if as_json:
        _print_json([finding.record() for finding in findings])
        return
    for finding in findings:
        click.echo(finding.text())
