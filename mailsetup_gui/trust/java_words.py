"""What Java itself says of a file that is given to it as a truststore (measured on 17 and 25; facts: truststore)."""

from __future__ import annotations

from mailsetup_gui.trust.contents import Contents, Kind, StoreError, Trouble

NO_ANCHORS = "the trustAnchors parameter must be non-empty"
_KINDS = {
    Kind.PEM: "java.io.IOException: toDerInputStream rejects tag type 45",
    Kind.DER: "java.io.IOException: DerValue.getBigIntegerInternal, not expected 48",
    Kind.PKCS7: "java.io.IOException: DerValue.getBigIntegerInternal, not expected 6",
    Kind.JCEKS: "java.io.IOException: DerInputStream.getLength(): lengthTag=78, too big.",
}
_WRONG_PASSWORD = {
    Kind.JKS: "java.io.IOException: Keystore was tampered with, or password was incorrect",
    Kind.JCEKS: "java.io.IOException: Keystore was tampered with, or password was incorrect",
    Kind.PKCS12: "java.io.IOException: keystore password was incorrect",
}


def java_says(found: Contents | StoreError) -> str:
    """The exception's text; '' where Java trusts what is there, or where its words are not known.

    A missing or unreadable file is of the second kind: Java says nothing and takes the JDK's own cacerts. PEM with
    words before it, PKCS#7 as text and JCEKS with its own -Djavax.net.ssl.trustStoreType end otherwise.
    """
    if isinstance(found, Contents):
        return _KINDS.get(found.kind, "" if found.trusted else NO_ANCHORS)
    if found.trouble is Trouble.NO_ENTRIES:
        return NO_ANCHORS if found.kind in (None, Kind.JKS, Kind.PKCS12) else _KINDS[found.kind]
    if found.trouble is Trouble.PASSWORD and found.kind is not None:
        return _WRONG_PASSWORD.get(found.kind, "")
    return ""
