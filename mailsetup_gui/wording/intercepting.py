"""How it shows that something reads the connection, as sentences."""

from typing import TYPE_CHECKING

from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.diagnosis.intercepting import Interception

_READS = _("Something between here and the server reads the connection")
_MAY_READ = _("Another CA than before vouches for the server: something in between may read the connection")
_BY_NAME = _(", a name that {product} signs with")
_BY_CHANGE = _("; when it last worked it led to “{formerly}”")
_NEW_AUTHORITY = _(
    "If the mail server got a certificate of another CA on purpose, import the root of that CA with “Import certificate…”."
)


def values(seen: "Interception | None") -> dict[str, str]:
    """What the words of tls.intercepted draw on."""
    if seen is None or seen.product:
        by_name = _BY_NAME.format(product=shown(seen.product)) if seen else ""
        return {"intercepted": _READS, "interceptor": by_name, "new_authority": ""}
    by_change = _BY_CHANGE.format(formerly=shown(seen.formerly))
    return {"intercepted": _MAY_READ, "interceptor": by_change, "new_authority": _NEW_AUTHORITY}
