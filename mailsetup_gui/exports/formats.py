"""Everything that a profile can be exported as, by the name that the command line takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mailsetup_gui.exports import bitbucket, documents, gitea, products, sheets
from mailsetup_gui.exports.documents import Export
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Problem, check, wire_address, wire_ehlo_name, wire_host
from mailsetup_gui.wording.language import _


class Format(NamedTuple):
    """`suffix`: of a file's name. `write` never sees a password."""

    name: str
    title: str
    suffix: str
    write: Callable[[Profile], Export]


FORMATS = (
    Format("toml", "mailsetup (TOML)", ".toml", documents.toml),
    Format("json", "mailsetup (JSON)", ".json", documents.as_json),
    Format("curl", _("Bitbucket: script for curl"), ".sh", bitbucket.curl),
    Format("terraform", "Bitbucket: Terraform", ".tf", bitbucket.terraform),
    Format("jira", _("Jira: what to fill in"), ".txt", sheets.jira),
    Format("confluence", _("Confluence: what to fill in"), ".txt", sheets.confluence),
    Format("bamboo", _("Bamboo: what to fill in"), ".txt", sheets.bamboo),
    Format("crowd", _("Crowd: what to fill in"), ".txt", sheets.crowd),
    Format("jenkins", "Jenkins: Configuration as Code", ".yaml", products.jenkins),
    Format("gitlab", "GitLab: gitlab.rb", ".rb", products.gitlab),
    Format("gitea", "Gitea, Forgejo: app.ini", ".ini", gitea.app_ini),
    Format("gitea-env", _("Gitea, Forgejo: environment"), ".env", gitea.environment),
    Format("nexus", _("Nexus Repository 3: script for curl"), ".sh", products.nexus),
    Format("mattermost", "Mattermost: config.json", ".json", products.mattermost),
    Format("mattermost-env", _("Mattermost: environment"), ".env", products.mattermost_environment),
    Format("spring", "Spring Boot: application.properties", ".properties", products.spring_boot),
)
NAMES = tuple(one.name for one in FORMATS)
_OURS = ("toml", "json")
_AS_TYPED = (*_OURS, "curl", "terraform")


def refused(profile: Profile, name: str) -> tuple[Problem, ...]:
    """What has to be mended first; our own files take everything."""
    return () if name in _OURS else tuple(check(profile.server, sends=False))


def export(profile: Profile, name: str) -> Export:
    """`name` is one of NAMES; nothing is `refused`, or quoting means nothing."""
    chosen = next(one for one in FORMATS if one.name == name)
    return chosen.write(profile if name in _AS_TYPED else _on_the_wire(profile))


def _on_the_wire(profile: Profile) -> Profile:
    """International names as DNS has them: what the products do with others is not known."""
    server = profile.server
    return profile._replace(
        server=server._replace(
            hostname=wire_host(server.hostname),
            sender=wire_address(server.sender),
            ehlo_name=wire_ehlo_name(server.ehlo_name),
        )
    )
