"""What the test messages say: a plain test, or a marked sample of each of the three kinds that Bitbucket sends."""

from enum import Enum
from typing import NamedTuple

from mailsetup_gui import shipped

DEFAULT_BASE_URL = "https://bitbucket.example.com"


class Kind(Enum):
    PLAIN = "plain"
    NOTIFICATION = "notification"
    INVITATION = "invitation"
    PASSWORD_RESET = "password-reset"  # noqa: S105  the name of a message


class Part(NamedTuple):
    """An inline image, PNG octets."""

    content_id: str
    filename: str
    octets: bytes


class Words(NamedTuple):
    subject: str
    text: str
    html: str = ""
    parts: tuple[Part, ...] = ()


class _Sample(NamedTuple):
    subject: str
    heading: str
    paragraph: str
    link: str
    link_path: str


_SAMPLES = {
    Kind.NOTIFICATION: _Sample(
        "[SAMPLE] PROJ/website: Pull request #42: Checkout shows the total in €",
        "Ana Müller opened a pull request in PROJ/website",
        "feature/total → main. “Checkout shows the total in €” wants your review.",
        "View the pull request",
        "/projects/PROJ/repos/website/pull-requests/42/overview",
    ),
    Kind.INVITATION: _Sample(
        "[SAMPLE] You have been invited to Bitbucket",
        "An administrator made an account for you",
        "Choose a password to finish it. The link of a real invitation works once.",
        "Set your password",
        "/passwordreset?token=SAMPLE-THIS-LINK-DOES-NOTHING",
    ),
    Kind.PASSWORD_RESET: _Sample(
        "[SAMPLE] Reset your Bitbucket password",
        "Somebody asked to reset the password of your account",
        "If it was not you, nothing has to be done.",
        "Reset the password",
        "/passwordreset?token=SAMPLE-THIS-LINK-DOES-NOTHING",
    ),
}
_MARK = "This is a sample that mailsetup sent to test a mail server. Nothing happened in Bitbucket."


def words(kind: Kind, token: str, recipient: str, base_url: str = "") -> Words:
    """The text of one message; `token` tells it from every other test in an inbox."""
    if kind is Kind.PLAIN:
        return Words(f"mailsetup test {token}", _plain_text(token, recipient))
    sample, base = _SAMPLES[kind], (base_url or DEFAULT_BASE_URL).rstrip("/")
    subject = f"{sample.subject} (mailsetup test {token})"
    inline = Part(f"{token.lower()}@mailsetup", "inline.png", shipped.read("sample-inline.png"))
    return Words(subject, _sample_text(sample, base), _sample_html(sample, base, inline.content_id), (inline,))


def _plain_text(token: str, recipient: str) -> str:
    return (
        f"This is mailsetup test {token}, sent to {recipient}.\n\n"
        "If you can read this, the mail server accepted a message with the settings\n"
        "that were tested, and delivered it. Umlauts and signs should be whole: äöü ß € → ✓\n"
    )


def _sample_text(sample: _Sample, base: str) -> str:
    return f"{_MARK}\n\n{sample.heading}\n\n{sample.paragraph}\n\n{sample.link}: {base}{sample.link_path}\n"


def _sample_html(sample: _Sample, base: str, content_id: str) -> str:
    """One linked and one inline image: a mail client shows the two under different conditions."""
    link, image = _escaped(base + sample.link_path), _escaped(base + "/mailsetup-linked-image.png")
    return (
        "<html><body style='font-family:sans-serif'>"
        f"<p style='background:#fff3cd;padding:8px'>{_escaped(_MARK)}</p>"
        f"<h2>{_escaped(sample.heading)}</h2><p>{_escaped(sample.paragraph)}</p>"
        f"<p><a href='{link}'>{_escaped(sample.link)}</a></p>"
        "<table><tr>"
        f"<td><img src='{image}' width='64' height='64' alt='linked image did not load'><br>linked image</td>"
        f"<td><img src='cid:{content_id}' width='64' height='64' alt='inline image did not load'><br>inline image</td>"
        "</tr></table></body></html>\n"
    )


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace('"', "&quot;")
    )
