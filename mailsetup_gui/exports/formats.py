"""Everything that a profile can be exported as, by the name that the command line takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mailsetup_gui.exports import bitbucket, documents, gitea, products, sheets
from mailsetup_gui.exports.documents import Export
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import wire_address, wire_ehlo_name, wire_host


class Format(NamedTuple):
    """`suffix`: of a file's name. `write` never sees a password."""

    name: str
    title: str
    suffix: str
    write: Callable[[Profile], Export]


FORMATS = (
    Format("toml", "mailsetup (TOML)", ".toml", documents.toml),
    Format("json", "mailsetup (JSON)", ".json", documents.as_json),
    Format("curl", "Bitbucket: script for curl", ".sh", bitbucket.curl),
    Format("terraform", "Bitbucket: Terraform", ".tf", bitbucket.terraform),
    Format("jira", "Jira: what to fill in", ".txt", sheets.jira),
    Format("confluence", "Confluence: what to fill in", ".txt", sheets.confluence),
    Format("bamboo", "Bamboo: what to fill in", ".txt", sheets.bamboo),
    Format("crowd", "Crowd: what to fill in", ".txt", sheets.crowd),
    Format("jenkins", "Jenkins: Configuration as Code", ".yaml", products.jenkins),
    Format("gitlab", "GitLab: gitlab.rb", ".rb", products.gitlab),
    Format("gitea", "Gitea, Forgejo: app.ini", ".ini", gitea.app_ini),
    Format("gitea-env", "Gitea, Forgejo: environment", ".env", gitea.environment),
    Format("nexus", "Nexus Repository 3: script for curl", ".sh", products.nexus),
    Format("mattermost", "Mattermost: config.json", ".json", products.mattermost),
    Format("mattermost-env", "Mattermost: environment", ".env", products.mattermost_environment),
    Format("spring", "Spring Boot: application.properties", ".properties", products.spring_boot),
)
NAMES = tuple(one.name for one in FORMATS)
_AS_TYPED = ("toml", "json", "curl", "terraform")


def export(profile: Profile, name: str) -> Export:
    """`name` is one of NAMES; the settings have passed `settings.server.check`, or quoting means nothing."""
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
