"""The Ansible role in words: why none is written, and what to do with one that is."""

from __future__ import annotations

from mailsetup_gui.bitbucket.role import Refused, RoleError
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_REFUSED = {
    Refused.NODE: _("The node “{value}” is no host name. Letters, digits, dots, hyphens and underscores make one."),
    Refused.SERVICE: _("“{value}” is no name of a systemd service."),
    Refused.PATH: _(
        "“{value}” cannot be where the nodes have the truststore: it has to be an absolute path of Linux without blanks, quotes, backslashes, braces and #."
    ),
    Refused.JAVA: _(
        "“{value}” is no absolute path of a JVM on the nodes, without blanks, quotes, backslashes and braces."
    ),
    Refused.CLEAR: _(
        "Without TLS the mail server shows no certificate, so there is nothing to prove a truststore with."
    ),
    Refused.STORE: _(
        "Java needs more than the path of {value}: its password, which would stand in a file of every node, or its type. mailsetup truststore build makes a JKS of it, which needs neither."
    ),
    Refused.NOT_EMPTY: _("{value} is there already and is no empty folder. Nothing is written: give another name."),
    Refused.NOT_WRITTEN: _("{value} is not written: {reason}. Nothing is there."),
}


def refused(error: RoleError) -> str:
    """Why nothing is written, and what to do."""
    return _REFUSED[error.refused].format(value=shown(error.value), reason=reason(error.reason))


def next_steps(folder: str) -> str:
    """What to do with a project that is written."""
    return "\n".join(
        (
            _("The Ansible project is in {folder}. Look through inventory.yml there, then:").format(
                folder=shown(folder)
            ),
            _("  ansible-playbook -i inventory.yml site.yml --check --diff    rehearses; every node's Java is asked"),
            _("  ansible-playbook -i inventory.yml site.yml                   sets it up and restarts nothing"),
            _("Its README.md tells the rest: the restart, node by node, and how to take it away again."),
        )
    )
