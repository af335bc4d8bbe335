"""What a pasted text was taken for, and why it was taken for nothing, as sentences."""

from __future__ import annotations

from mailsetup_gui.settings.recognized import Kind, RecognitionError, Recognized, Wrong
from mailsetup_gui.wording import problems
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.language import _, counted

NOTHING_YET = _("What is pasted above is told here, before anything is made of it.")
PLACEHOLDER = _(
    "A profile of mailsetup (TOML or JSON), the mail-server document of Bitbucket's REST API,\n"
    "a command line of swaks or curl, or an address such as smtps://user@mail.example.com:465"
)
_KINDS = {
    Kind.TOML: _("A profile of mailsetup."),
    Kind.JSON: _("A profile of mailsetup, as JSON."),
    Kind.BITBUCKET: _("The mail server of a Bitbucket, as its REST API tells it."),
    Kind.SWAKS: _("A command line of swaks."),
    Kind.CURL: _("A command line of curl that sends mail."),
    Kind.CURL_BITBUCKET: _("A command line of curl that sets up a Bitbucket."),
    Kind.ADDRESS: _("The address of a mail server."),
}
_REFUSALS = {
    Wrong.NOTHING: _("There is no text."),
    Wrong.TOO_LONG: _("It is longer than {value} characters."),
    Wrong.CONTROL_CHARACTER: _("It contains the control character {value}, so it is no text of settings."),
    Wrong.UNKNOWN: _(
        "It is none of what can be imported: a profile (TOML, JSON), Bitbucket's mail-server document, a command line of "
        "swaks or curl, an address such as smtps://host:465."
    ),
    Wrong.PROFILE: _("It is not a mailsetup profile: {value}."),
    Wrong.QUOTES: _("The command line has a quotation mark that is not closed. Copy all of it."),
    Wrong.JSON: _("It begins as JSON and is not: {value}."),
    Wrong.TOO_DEEP: _("It is nested too deep for settings of a mail server."),
    Wrong.FIELD: _("“{value}” has a value of another kind than is expected there."),
    Wrong.NO_SERVER: _("The command line does not name a mail server."),
    Wrong.IN_A_FILE: _("The command line takes the settings from a file: import that file instead."),
    Wrong.UNREADABLE: _("The file cannot be read: {value}."),
    Wrong.NOT_UTF8: _("The file cannot be read: it is not UTF-8 text."),
}


def refusal(error: RecognitionError) -> str:
    value = reason(error.value) if error.wrong is Wrong.UNREADABLE else shown(error.value)
    return _REFUSALS[error.wrong].format(value=value.rstrip("."))


def summary(found: Recognized) -> str:
    """What it is, what Bitbucket would do with it, and what is still wrong or missing."""
    lines = [_KINDS[found.kind], in_words(found.profile.server), *map(problems.line, found.problems), *notes(found)]
    return "\n\n".join(filter(None, lines))


def notes(found: Recognized) -> tuple[str, ...]:
    """What was left out, and what is missing."""
    lines = []
    if found.secret_dropped:
        lines.append(_("A password was in it. It is not kept: type it where the test asks for it."))
    if found.unused:
        lines.append(
            counted(
                "{count} option is no setting of a mail server, and is not used.",
                "{count} options are no settings of a mail server, and are not used.",
                found.unused,
            )
        )
    if not found.profile.server.sender:
        lines.append(_("The address that mail comes from (Email from) is not in it: fill it in."))
    return tuple(lines)
