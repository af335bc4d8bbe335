"""Whether a host may be a provider's, without reading their list: a test pays for nothing that it does not use."""

from __future__ import annotations

_LOOPBACK = frozenset(("localhost", "localhost.localdomain", "127.0.0.1", "::1"))
_LOCAL_PORTS = frozenset((25, 1025))
_ENDS = frozenset(
    (
        *("gmail.com", "googlemail.com", "office365.com", "outlook.com", "live.com", "mx.microsoft", "azurecomm.net"),
        *("amazonaws.com", "amazonaws.com.cn", "sendgrid.net", "mailgun.org", "postmarkapp.com", "brevo.com"),
        *("sendinblue.com", "zoho.com", "zoho.eu", "zoho.in", "zoho.jp", "zoho.com.au", "zohocloud.ca", "zoho.sa"),
        *("zoho.com.cn", "fastmail.com", "messagingengine.com", "yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr"),
        *("aol.com", "me.com", "yandex.com", "yandex.ru", "yandex.com.tr", "yandex.kz", "yandex.by", "gmx.net"),
        *("gmx.com", "gmx.de", "web.de", "protonmail.ch", "mailpit", "smtp4dev", "mailhog"),
    )
)
"""The last labels of every host in resources/presets.toml; a test holds both together."""


def may_be_provider(hostname: str, port: int) -> bool:
    """The loopback counts on the ports of mail servers only: the built-in one and tests live on others."""
    name = plain(hostname)
    if name in _LOOPBACK:
        return port in _LOCAL_PORTS
    labels = name.split(".")
    return ".".join(labels[-2:]) in _ENDS or ".".join(labels[-3:]) in _ENDS


def plain(hostname: str) -> str:
    """Lower case, without the root's dot, blanks and the brackets of an address literal."""
    return hostname.strip().strip("[]").removesuffix(".").lower()
