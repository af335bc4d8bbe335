"""Short reasons of the rooms below (files, key stores, certificates, a JVM, the system) in the person's language.

Those rooms say them in English, as findings; here stands each shape that they have. What Java itself says stays.
"""

from __future__ import annotations

import re
from functools import cache

from mailsetup_gui.wording.dates import decimal
from mailsetup_gui.wording.language import _, noted

_SYSTEM = (
    noted("No such file or directory"),
    noted("Permission denied"),
    noted("Operation not permitted"),
    noted("File exists"),
    noted("Is a directory"),
    noted("Not a directory"),
    noted("Directory not empty"),
    noted("No space left on device"),
    noted("Read-only file system"),
    noted("Disk quota exceeded"),
    noted("File name too long"),
    noted("Too many levels of symbolic links"),
    noted("Input/output error"),
    noted("Device or resource busy"),
    noted("Text file busy"),
    noted("Exec format error"),
    noted("Cannot allocate memory"),
    noted("Too many open files"),
    noted("Address already in use"),
    noted("Cannot assign requested address"),
    noted("Broken pipe"),
)
_FILES = (
    noted("larger than {count} octets"),
    noted("a folder"),
    noted("not a regular file"),
    noted("this is no file"),
    noted("another program has changed it in the meantime"),
    noted("what was written reads back differently"),
    noted("nested too deep"),
    noted("it is not UTF-8 text"),
    noted("an empty file"),
    noted("a program"),
    noted("a PDF document"),
    noted("a serialized Java object"),
    noted("text in UTF-16; save it as UTF-8 or ASCII"),
    noted("a ZIP archive; take the certificates out of it first"),
    noted("a gzip archive; take the certificates out of it first"),
    noted("an SSH public key; mail servers use other keys"),
    noted("a web page, not a certificate; perhaps a sign-in page was saved in its place"),
    noted("a file of zero octets only, as an interrupted copy leaves it"),
    noted("neither JKS nor PKCS#12 nor PEM"),
    noted("a BKS key store (Bouncy Castle); {reason}"),
    noted("an UBER key store (Bouncy Castle); {reason}"),
    noted("a BCFKS key store (Bouncy Castle FIPS); {reason}"),
    noted("convert it with {command} and Bouncy Castle's provider"),
    noted("a request for a certificate (CSR); what the CA answers with is the certificate"),
    noted("a list of revoked certificates (CRL)"),
    noted("a public key alone, without a certificate"),
    noted("a private key alone, without a certificate; keep it secret, nobody needs it to trust a server"),
    noted("a certificate"),
    noted("a PKCS#7 file"),
    noted("a PKCS#12 file"),
    noted("a DER structure that is neither a certificate nor a key store"),
    noted("an entry is not a certificate"),
    noted("an entry is not a certificate: {reason}"),
    noted("an entry is not a certificate but {reason}"),
    noted("damaged or cut off: {reason}"),
    noted("certificate {number} is damaged: {reason}"),
    noted("{kind} with {count} certificates; at most {most} are read"),
    noted("{kind} without a certificate, and {count} private or secret keys"),
    noted("{kind} without a certificate"),
    noted("{count} certificates, none of which Java trusts: {reasons}"),
    noted("PEM of another kind: {label}"),
    noted("a certificate at octet {at} without its END line"),
)
_KEY_STORES = (
    noted("a JCEKS key store that holds secret keys, which only Java reads; convert the certificates with {command}"),
    noted("the digest at its end does not fit: another password, or a damaged file"),
    noted("it does not open: another password, or a damaged file"),
    noted("it is encrypted, and without its password Java sees no certificate in it"),
    noted("version {version} of the format, where 1 and 2 are known"),
    noted("{count} entries are announced, and the file has {size} octets"),
    noted("entry {alias} is of an unknown kind, {kind}"),
    noted("a chain of {count} certificates is announced at octet {at}"),
    noted("ends inside an entry at octet {at}"),
    noted("damaged {kind}: {reason}"),
    noted("a signed PKCS#12 file; Java reads none"),
    noted("a PKCS#12 file that is encrypted with a public key; Java reads none"),
    noted("a PKCS#12 file of a strange kind; Java reads none"),
    noted("a PKCS#12 file with {count} safes; at most {most} are read"),
    noted("a PKCS#12 file that asks for {count} rounds of key derivation; Java's limit is {most} for one"),
    noted("a PKCS#12 file with {what}; convert it with {command}"),
    noted("PKCS#12 with a certificate that is not X.509"),
    noted("a bag of an unknown kind in PKCS#12: {kind}"),
    noted("safes nested too deep"),
    noted("a safe that is none"),
    noted("an encrypted part ends inside a block"),
    noted("an initial vector of {count} octets"),
    noted("no number of rounds"),
    noted("PKCS#7 without a certificate"),
    noted("PKCS#7 of another kind than signed data: it carries no certificates"),
    noted("the process that reads foreign files cannot be started: {reason}"),
    noted("reading it takes longer than {seconds} s, so it was given up"),
    noted("reading it takes more than {size} MB of memory, so it was given up"),
    noted("reading it was given up: the process that read it ended with code {code}"),
)
_CERTIFICATES = (
    noted("this is no certificate"),
    noted("ends inside a value at octet {at}"),
    noted("a length that is not definite (BER) at octet {at}"),
    noted("{count} values where {expected} belong"),
    noted("a damaged object identifier"),
    noted("an object identifier with a useless octet"),
    noted("a damaged AlgorithmIdentifier"),
    noted("the two signature algorithms differ"),
    noted("a signature that is not whole octets"),
    noted("a damaged integer"),
    noted("a damaged date"),
    noted("a date that is none"),
    noted("a field of tag {tag} is missing"),
    noted("version {version}"),
    noted("extensions in a certificate of version {version}"),
    noted("an empty issuer"),
    noted("a damaged extension"),
    noted("extension {name} twice"),
    noted("critical extension {name}: {reason}"),
    noted("an empty subject without a critical subjectAltName"),
    noted("damaged name constraints"),
    noted("damaged policy constraints"),
    noted("damaged basic constraints"),
    noted("a damaged extended key usage"),
    noted("a damaged authority key identifier"),
    noted("no bit string"),
    noted("invalid number of padding bits"),
    noted("no octet string"),
    noted("the public key: {reason}"),
    noted("a damaged GeneralName"),
    noted("“{name}” is no DNS name"),
    noted("a damaged rfc822Name"),
    noted("an empty DNS name"),
    noted("an address of a wrong size"),
    noted("a damaged URI constraint"),
    noted("a damaged URI"),
    noted("an RSA key of {bits} bits"),
    noted("an EC key without a named curve"),
    noted("an EC key whose point is not uncompressed"),
    noted("a damaged public key"),
    noted("a damaged RSA key"),
    noted("no number where one belongs"),
    noted("RSASSA-PSS without parameters"),
    noted("a digest that RSASSA-PSS has not"),
    noted("a damaged attribute of a name"),
    noted("a relative distinguished name that is no SET"),
)
_KEPT = (
    noted("written by a newer mailsetup (version {version} of the format, this one knows {known})"),
    noted("written by a newer mailsetup (version {version} of the format)"),
    noted("version is {value}, expected {expected}"),
    noted("{key} is {value}, expected a whole number"),
    noted("{key} is {value}, expected smtp or smtps"),
    noted("{key} is {value}, expected text"),
    noted("{key} is {value}, expected a table"),
    noted("not what a test leaves ({reason})"),
    noted("no answer within {seconds} s"),
)
_JVM = (
    noted("the JVM gave no answer: {reason}"),
    noted("{reason}, saying “{said}”"),
    noted("it did not answer in time"),
    noted("it said more than {count} octets"),
    noted("it ended with code {code}"),
    noted("it closed its output and did not end"),
    noted("Java was at “{stage}” after {seconds} s"),
    noted("Java could not go on at “{stage}”: {said}"),
    noted("{path} cannot be started: {reason}"),
)
_ADDRESSES = (
    noted("An email address must have an @-sign."),
    noted("There must be something before the @-sign."),
    noted("There must be something after the @-sign."),
    noted("The part after the @-sign is not valid. It should have a period."),
    noted("The part after the @-sign contains invalid characters: {characters}."),
    noted("The email address contains invalid characters before the @-sign: {characters}."),
    noted("An email address cannot have two periods in a row."),
    noted("An email address cannot start with a period."),
    noted("An email address cannot end with a period."),
    noted("An email address cannot have a period immediately before the @-sign."),
    noted("An email address cannot have a period immediately after the @-sign."),
    noted("An email address cannot end with a hyphen."),
    noted("An email address cannot have a hyphen immediately after the @-sign."),
    noted("An email address cannot have a period and a hyphen next to each other."),
    noted("The part after the @-sign is a special-use or reserved name that cannot be used with email."),
    noted("The email address is too long before the @-sign {limit}."),
    noted("Domain too long"),
    noted("Label too long"),
    noted("Empty Label"),
    noted("Codepoint {character} not allowed at position {position} in {name}"),
    noted("Codepoint {character} at position {position} of {name} not allowed"),
    noted("Label begins with an illegal combining character"),
    noted("Label must not start or end with a hyphen"),
    noted("Label has disallowed hyphens in 3rd and 4th position"),
)
"""Of email-validator and idna."""
_NESTED = ("reason", "reasons")


def is_known(finding: str) -> bool:
    return any(shape.fullmatch(finding) for _sentence, shape in _shapes())


def said(text: str) -> str:
    """`text` in the person's language; what has no shape here comes out as it is."""
    for sentence, shape in _shapes():
        if found := shape.fullmatch(text):
            values = {name: _filled(name, value) for name, value in found.groupdict().items()}
            return _(sentence).format(**values)
    return text


def _filled(name: str, value: str) -> str:
    if name == "seconds":
        return decimal(value)
    return said(value) if name in _NESTED else value


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The plain ones first, then those with the most words of their own: none is taken for a vaguer one."""
    every = (*_SYSTEM, *_FILES, *_KEY_STORES, *_CERTIFICATES, *_KEPT, *_JVM, *_ADDRESSES)
    return tuple((one, _shape(one)) for one in sorted(every, key=lambda one: ("{" in one, -len(one))))


def _shape(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", sentence)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )
