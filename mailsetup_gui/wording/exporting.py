"""What an export cannot say, and what to mind where it is used, as sentences."""

from __future__ import annotations

from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording.language import _

SPELLING_TRAP = _(
    "Mind the spelling: Bitbucket drops keys that it does not know, without a word and with the answer 200. "
    "The hyphenated one below was taken by Bitbucket 6.10; Atlassian's documents for 8.19 and later write useStartTls. "
    "A wrong spelling stores false for both, which is mail in clear text. That is why the answer is compared below."
)
CLEAR_TEXT = _("“Never” sends everything in clear text, the password too; Bitbucket's form does not offer it.")
TERRAFORM_STATE = _(
    "The password comes from the variable smtp_password (TF_VAR_smtp_password); Terraform keeps it in its state file."
)
TERRAFORM_FALSE = _(
    "The provider does not send a flag that is false. Look in Bitbucket's form whether what is stored is what is written here."
)
OF_YOUR_CHOICE = _("(as you like)")
EMPTY = _("(empty)")
TICKED = _("[x] ticked")
NOT_TICKED = _("[ ] not ticked")
PASSWORD_OF_THE_ACCOUNT = _("(the password of the mail account; it is not in this file)")
JNDI = _(
    "Or as a JNDI resource, which can say every mode: in conf/server.xml inside of the Context, with JavaMail in lib/, "
    "and -Dsmtp.password=... among the JVM's arguments; then “JNDI Location” is java:comp/env/mail/SMTPServer."
)


def cannot_require(product: str) -> str:
    return _(
        "{product} cannot insist on STARTTLS: where the server does not offer it, mail goes out in clear text. "
        "SMTPS (port 465) is the mode that cannot fall back."
    ).format(product=product)


def one_switch(product: str) -> str:
    return _("{product} has one switch for STARTTLS: “if available” and “always” are the same there.").format(
        product=product
    )


def cannot_smtps(product: str) -> str:
    return _("{product}'s form cannot say SMTPS. Use STARTTLS (port 587), or the JNDI resource below.").format(
        product=product
    )


def signs_in_encrypted_only(product: str) -> str:
    return _("{product} signs in without TLS only at localhost, so signing in fails where TLS does not start.").format(
        product=product
    )


def cannot_quote(product: str, name: str) -> str:
    return _("{name} cannot be written so that {product} reads it from this file. Set it in the environment.").format(
        product=product, name=name
    )


def check_version(product: str) -> str:
    return _(
        "What is here is not confirmed by {product}'s own documentation: check your version's page before you use it."
    ).format(product=product)


def by_variable(product: str, name: str) -> str:
    return _("The password is not in it: set {name} where {product} is started.").format(product=product, name=name)


def by_file(path: str) -> str:
    return _("The password is not in it: put it alone into {path}, readable by root only.").format(path=path)


def clear_text(server: MailServer, product: str) -> tuple[str, ...]:
    """Of a mode that sends everything in clear text."""
    if server.encryption is not Encryption.NONE:
        return ()
    return (
        _("With these settings {product} sends everything in clear text, the password too.").format(product=product),
    )


def incomplete(server: MailServer) -> tuple[str, ...]:
    """What a profile lacks to be of use elsewhere."""
    if server.sender:
        return ()
    return (_("The profile has no address that mail comes from (Email from): it is empty there too."),)
