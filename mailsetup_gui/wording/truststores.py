"""A truststore that is built, or shown: why it is refused, what is unwise about it, and what Java makes of its entries."""

from __future__ import annotations

from mailsetup_gui.trust.contents import Unseen
from mailsetup_gui.trust.writers import BundleError, Refused
from mailsetup_gui.wording.harmless import reason
from mailsetup_gui.wording.language import _

_REFUSED = {
    Refused.KEYS: _(
        "The base holds private or secret keys ({keys}), so it is not rewritten. Take one without keys as the base, for example the JDK's own cacerts."
    ),
    Refused.NOTHING: _("There is no certificate to write. Add one, or take a base."),
    Refused.TOO_MANY: _("A truststore of {count} certificates is not written: at most {most}."),
    Refused.NOT_THE_SAME: _("What would be written reads back differently, so nothing is written. This is a bug."),
    Refused.NOT_READABLE: _("What would be written does not open again ({reason}), so it is not."),
    Refused.NOT_ASCII: _("The password of a PKCS#12 truststore must be ASCII: Java before 25 opens no other."),
    Refused.TOO_SHORT: _(
        "The password of a PKCS#12 truststore must have at least {least} characters: keytool asks for them."
    ),
    Refused.NOT_WRITTEN: _("{target} is not written: {reason}. Nothing is there."),
    Refused.NOT_WRITTEN_OLD_STAYS: _("{target} is not written: {reason}. The old file is as it was."),
    Refused.NOT_CONFIRMED: _(
        "{target} holds the new truststore, but the system could not confirm that this outlives a power failure: {reason}. Check the disk."
    ),
    Refused.NOT_CONFIRMED_OLD_KEPT: _(
        "{target} holds the new truststore, but the system could not confirm that this outlives a power failure: {reason}. Check the disk. The old one is kept as {kept}."
    ),
    Refused.LINK: _("{named} is a symbolic link to {to}. Give {to} itself, or --follow to write to where it points."),
    Refused.NO_LOOK: _("{named} cannot be looked at: {reason}."),
    Refused.NO_PATH: _("{named} is no path of a file: {reason}."),
    Refused.OF_A_JVM: _(
        "{named} is a JVM's own truststore: an update of Java replaces it, and a mistake in it locks every program out. Write to another file and name that with -Djavax.net.ssl.trustStore."
    ),
    Refused.A_FOLDER: _("{target} is a folder. Give the name of a file in it, for example {example}."),
    Refused.NO_FILE: _("{target} is not a regular file, so it is not replaced. Give another name."),
    Refused.NO_FOLDER: _("The folder {folder} does not exist. Make it, or give a file in another one."),
    Refused.NOT_A_FOLDER: _("{folder} is not a folder. Give a path in a folder."),
}
_UNSEEN = {
    Unseen.UPPER_CASE_ALIAS: _("its alias has upper-case letters, and Java looks it up in lower case"),
    Unseen.NO_TRUST_ATTRIBUTE: _(
        "it lacks the attribute with which Java marks trusted certificates (2.16.840.1.113894.746875.1.1)"
    ),
    Unseen.CHAIN: _("it belongs to the chain of a private key, of which Java trusts only the first certificate"),
}
_OPEN_TO_ALL = _("Every user of this computer can replace files in {folder}: a truststore belongs elsewhere.")


def refused(error: BundleError) -> str:
    """Why nothing is built or written, and what to do."""
    why = {"reason": reason(error.values["reason"])} if "reason" in error.values else {}
    return _REFUSED[error.refused].format(**{**error.values, **why})


def unseen(why: Unseen) -> str:
    """Why Java does not trust an entry, as the end of a sentence."""
    return _UNSEEN[why]


def unwise(open_to_all: str) -> tuple[str, ...]:
    """What is unwise about the place where it was written."""
    return (_OPEN_TO_ALL.format(folder=open_to_all),) if open_to_all else ()
