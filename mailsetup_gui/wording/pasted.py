"""Title, why and fixes where only a pasted text is known: no clock, no chain, no truststore, no settings.

{place} {host} {at_port} {user} {sender} {recipient} {reply} {said} {step} are filled in; each of them has words of its
own for what the text does not tell.
"""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.reading import Reading
from mailsetup_gui.wording.pasted_tls import PASTED_TLS, READ_TLS
from mailsetup_gui.wording.reaching import Words

_NODE = "Test from the computer that runs Bitbucket: mailsetup test shows every step."
_LOG = "Look into the mail server's log at this moment: it usually says why."

PASTED: dict[Cause, Words] = {
    **PASTED_TLS,
    Cause.DNS_NOT_FOUND: (
        "{host} cannot be found",
        "The name service of the computer that said this knows no such name: “{said}”.",
        (
            "Check the spelling of the host name in Bitbucket.",
            "If it is right, ask for it on the computer (or in the container) that runs Bitbucket.",
        ),
    ),
    Cause.DNS_TEMPORARY: (
        "The name service did not answer",
        "Looking up {host} failed: “{said}”. Whether the name exists is not known.",
        ("Check the network and the name service of the computer that runs Bitbucket, then try again.",),
    ),
    Cause.DNS_NO_ADDRESS: (
        "{host} has no address",
        "The name exists, but has no IP address that could be used: “{said}”.",
        ("Ask the mail server's administrator for the right name.",),
    ),
    Cause.TCP_REFUSED: (
        "Nothing listens on {place}",
        "The connection was refused: “{said}”. The mail server is not running there, or a firewall refuses.",
        ("Check host name and port: 25 and 587 are usual for SMTP, 465 for SMTPS.", _NODE),
    ),
    Cause.TCP_TIMEOUT: (
        "{host} did not answer on {at_port}",
        "There was no answer to the connection: “{said}”. Usually a firewall drops the packets; many clouds block port 25.",
        (
            "Check the port, and try 587 or 465.",
            "Ask whether a firewall drops TCP from the computer that runs Bitbucket to {place}.",
            _NODE,
        ),
    ),
    Cause.TCP_UNREACHABLE: (
        "There is no way to {host}",
        "The network of the computer that runs Bitbucket reports “{said}”.",
        (
            "Check its network, routes and VPN.",
            "If the name has an IPv6 address, Java may have chosen it: -Djava.net.preferIPv4Stack=true keeps it to IPv4.",
        ),
    ),
    Cause.TCP_RESET: (
        "The connection was torn down",
        "{place} reset the connection at “{step}”: “{said}”.",
        (_LOG, "A firewall or an inspecting proxy between the two can do this as well."),
    ),
    Cause.SILENT: (
        "The server says nothing",
        "The connection to {place} stood, and then nothing was said at “{step}”: “{said}”. A port that waits for TLS (465) looks like this to SMTP.",
        ("If this is port 465, choose SMTPS; otherwise try 587.", _NODE, _LOG),
    ),
    Cause.PLAIN_ON_TLS_PORT: (
        "SMTP is chosen, but port 465 most likely waits for TLS first",
        "On {place} nothing was said in clear text: “{said}”. The text alone does not prove it, but port 465 is for SMTPS.",
        ("Choose SMTPS for port 465.", "Or keep SMTP and use port 587 or 25.", _NODE),
    ),
    Cause.CLOSED: (
        "The server hung up",
        "{place} closed the connection at “{step}”: “{said}”.",
        (_LOG, "If the port expects TLS from the first byte (465), choose SMTPS."),
    ),
    Cause.NOT_SMTP: (
        "{place} is not a mail server",
        "It answered, but not as SMTP{protocol}: “{said}”.",
        ("Check the host name and the port.",),
    ),
    Cause.GREETING_REFUSED: (
        "The server refuses the computer that runs Bitbucket",
        "{place} greeted with “{reply}”, before anything was asked.",
        (
            "Have the address of the computer that runs Bitbucket allowed there.",
            "If a block list is named, look the address up in it, or send through a relay.",
        ),
    ),
    Cause.EHLO_REFUSED: (
        "The server does not like the name that Bitbucket's computer gives",
        "{host} does not take the name in EHLO and HELO: “{reply}”.",
        (
            "Give the computer that runs Bitbucket a full host name (/etc/hosts, DNS).",
            "Or set one that the server accepts with -Dmail.smtp.localhost=NAME.",
        ),
    ),
    Cause.RELAY_DENIED: (
        "The server does not relay for the computer that runs Bitbucket",
        "For {recipient} it answered “{reply}”: it delivers to its own domains only, unless somebody signs in or the address is allowed.",
        (
            "Sign in with a user name and password, over TLS: JavaMail goes on without signing in where AUTH is not offered.",
            "Or have the address of the computer that runs Bitbucket allowed to relay.",
        ),
    ),
    Cause.AUTH_REFUSED: (
        "The server refused the sign-in",
        "It answered “{reply}”. It does not say whether the user name or the password is wrong.",
        (
            "Check both; many servers want the full mail address as user name.",
            "If this server needs no sign-in, empty user name and password: browsers fill these fields in by themselves.",
            "Do not try often: several wrong attempts may lock the account.",
        ),
    ),
    Cause.AUTH_NOT_OFFERED: (
        "Not signed in: the server offered no sign-in",
        "There is a user name, but the server offered no AUTH: “{said}”. Bitbucket's mail library would go on without signing in, and say nothing.",
        (
            "If the server offers AUTH only after TLS, choose “Always use SSL/TLS”.",
            "If mail is meant to be anonymous, empty user name and password.",
        ),
    ),
    Cause.NO_COMMON_MECHANISM: (
        "No way to sign in that Bitbucket knows",
        "“{said}”. Bitbucket's mail library does LOGIN, PLAIN, DIGEST-MD5 and NTLM; which ones the server offers, its EHLO reply tells.",
        (
            "Have LOGIN or PLAIN offered; many servers do so only after TLS: choose “Always use SSL/TLS”.",
            "Bitbucket can do OAuth 2.0 for outgoing mail from version 10.0.",
        ),
    ),
    Cause.PASSWORD_MISSING: (
        "There is a user name, but no password",
        "JavaMail says “{said}”.",
        ("Type the password into Bitbucket's form again and save.", "Or empty the user name if the server needs none."),
    ),
    Cause.FROM_NOT_OWNED: (
        "The user who signs in may not send as {sender}",
        "The server answered “{reply}”.",
        (
            "Use the address of {user} as “Email from”.",
            "Or have the right to send as {sender} given to that account.",
        ),
    ),
}
READ: dict[Reading, Words] = {
    **READ_TLS,
    Reading.CONNECT: (
        "Bitbucket could not connect to {place}",
        "“{said}” does not say why: nothing may listen there, a firewall may drop the packets, or the name may be wrong. The reason stands on the lines below it.",
        ("Paste those lines too, above all “nested exception is” and “Caused by”.", _NODE),
    ),
    Reading.SIZE_HERE: (
        "The message is larger than Bitbucket itself allows",
        "Bitbucket says “{said}”. This is its own limit, mail.max.message.size (1 MB if it is not set); the mail server was not asked.",
        ("Raise mail.max.message.size in bitbucket.properties, and restart.",),
    ),
    Reading.TYPED_WRONG: (
        "An address cannot be right",
        "JavaMail refuses it before anything is sent: “{said}”.",
        ("Check “Email from” and the recipient's address for blanks and missing parts, character by character.",),
    ),
    Reading.UNDELIVERED: (
        "Your mail server took the message and could not deliver it",
        "This is a report about {recipient}: “{said}”. Bitbucket's settings are not the cause: the server that it sends through could not reach the next one.",
        (
            "Check the recipient's address.",
            "Show the report to the administrator of the mail server that Bitbucket sends through.",
        ),
    ),
    Reading.DELIVERED: (
        "This report tells of no failure",
        "It says that the mail to {recipient} was delivered or passed on (status {said}).",
        ("If it is not in the inbox, look for it in the recipient's spam folder and quarantine.",),
    ),
    Reading.EMPTY: (
        "There is nothing to explain",
        "The text is empty.",
        ("Paste a stack trace, some lines of Bitbucket's log, a mail server's reply, or a bounce.",),
    ),
}
