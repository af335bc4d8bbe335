"""Whether a chain that Java does not trust comes from something that reads the connection, and how that shows."""

from __future__ import annotations

import re
from typing import NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.chains import linked
from mailsetup_gui.diagnosis.trusting import Finding
from mailsetup_gui.trust import x500

_NOT_TRUSTED = (Cause.UNTRUSTED_ROOT, Cause.MISSING_INTERMEDIATE)
"""A certificate that is its own issuer is the server's own, whoever made it."""
_ORGANISATION, _COMMON_NAME, _UNIT = "2.5.4.10", "2.5.4.3", "2.5.4.11"
PRODUCTS = {
    "Zscaler": ("zscaler",),
    "Netskope": ("netskope", "goskope"),
    "Fortinet FortiGate": ("fortinet", "fortigate", "fortigateca", "fortiguard", "fortiproxy"),
    "Palo Alto Networks": ("palo alto", "paloalto", "paloaltonetworks"),
    "Blue Coat ProxySG": ("blue coat", "bluecoat", "proxysg", "symantec web security", "symantec wss"),
    "Cisco Umbrella": ("cisco umbrella", "opendns"),
    "Cisco Secure Web Appliance": ("cisco wsa", "cisco web security", "cisco secure web", "ironport"),
    "Check Point": ("check point", "checkpoint"),
    "Sophos": ("sophos",),
    "Forcepoint": ("forcepoint", "websense"),
    "Skyhigh (McAfee, Trellix)": ("mcafee", "skyhigh", "trellix"),
    "Barracuda": ("barracuda",),
    "SonicWall": ("sonicwall",),
    "WatchGuard": ("watchguard", "fireware"),
    "Untangle": ("untangle",),
    "Cato Networks": ("cato networks", "catonetworks"),
    "iboss": ("iboss",),
    "Menlo Security": ("menlo security",),
    "Cloudflare Gateway": ("cloudflare for teams", "cloudflare managed", "cloudflare gateway"),
    "Trend Micro": ("trend micro", "trendmicro"),
    "Kaspersky": ("kaspersky",),
    "ESET": ("eset",),
    "Avast": ("avast",),
    "AVG": ("avg technologies", "avg web", "avg mail"),
    "Bitdefender": ("bitdefender",),
    "Dr.Web": ("dr web", "drweb"),
    "AdGuard": ("adguard",),
    "Stormshield": ("stormshield",),
    "Smoothwall": ("smoothwall",),
    "Squid": ("squid",),
    "mitmproxy": ("mitmproxy",),
    "Burp Suite": ("portswigger", "burp suite"),
    "Charles": ("charles proxy",),
    "Fiddler": ("fiddler", "fiddlerroot"),
}
"""Product -> words of the names that it signs with, each as words of their own: a company called Fort is none."""
_WORD = re.compile(r"[^\W_]+")
_GENERIC = re.compile(r" (?:ssl|tls|https) (?:inspection|interception|decryption|proxy|filter|scanning) ")


class Interception(NamedTuple):
    """`product`: by whose name it shows, '' where a CA other than `formerly` shows it."""

    product: str = ""
    formerly: str = ""


def judged(finding: Finding, former: tuple[bytes, ...]) -> Finding:
    """With the cause INTERCEPTED where it is that; `former`: the chain when it last worked, DER as sent."""
    if finding.cause not in _NOT_TRUSTED or not finding.chain.linked:
        return finding
    seen = interception(finding, former)
    return finding._replace(cause=Cause.INTERCEPTED, interception=seen) if seen else finding


def interception(finding: Finding, former: tuple[bytes, ...]) -> Interception | None:
    chain = finding.chain.linked
    leaf, issuers = chain[0], [one.issuer for one in chain]
    for issuer in issuers:
        product = named(issuer)
        if product and product != named(leaf.subject):  # a product's own certificate is not one that it forged
            return Interception(product)
    before = linked(former).linked if former else ()
    if not before or leaf.self_issued or _related(issuers, [one.issuer for one in before]):
        return None
    return Interception(formerly=before[-1].issuer.common_name or str(before[-1].issuer))


def named(name: x500.Name) -> str:
    """The product that a name is one of, '' for none."""
    text = " ".join(a.text for a in name.attributes if a.oid in (_COMMON_NAME, _ORGANISATION, _UNIT))
    words = f" {' '.join(_WORD.findall(text.lower()))} "
    for product, signs in PRODUCTS.items():
        if any(f" {sign} " in words for sign in signs):
            return product
    found = _GENERIC.search(words)
    return found[0].strip() if found else ""


def _related(now: list[x500.Name], before: list[x500.Name]) -> bool:
    """Whether a CA of the one has its name, or its organisation, among those of the other: renewed, not replaced."""
    known = {name.canonical for name in before}
    organisations = {o for name in before if (o := _organisation(name))}
    return any(name.canonical in known or _organisation(name) in organisations for name in now)


def _organisation(name: x500.Name) -> str:
    return next((a.text.strip().lower() for a in name.attributes if a.oid == _ORGANISATION), "")
