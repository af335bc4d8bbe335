"""Title, why and fixes where only a pasted text is known: no clock, no chain, no truststore, no settings.

{place} {host} {at_port} {user} {sender} {recipient} {reply} {said} {step} are filled in; each of them has words of its
own for what the text does not tell.
"""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.reading import Reading
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.pasted_tls import PASTED_TLS, READ_TLS
from mailsetup_gui.wording.reaching import Words

_NODE = _("Test from the computer that runs Bitbucket: mailsetup test shows every step.")
_LOG = _("Look into the mail server's log at this moment: it usually says why.")

PASTED: dict[Cause, Words] = {
    **PASTED_TLS,
    Cause.DNS_NOT_FOUND: (
        _("{host} cannot be found"),
        _("The name service of the computer that said this knows no such name: “{said}”."),
        (
            _("Check the spelling of the host name in Bitbucket."),
            _("If it is right, ask for it on the computer (or in the container) that runs Bitbucket."),
        ),
    ),
    Cause.DNS_TEMPORARY: (
        _("The name service did not answer"),
        _("Looking up {host} failed: “{said}”. Whether the name exists is not known."),
        (_("Check the network and the name service of the computer that runs Bitbucket, then try again."),),
    ),
    Cause.DNS_NO_ADDRESS: (
        _("{host} has no address"),
        _("The name exists, but has no IP address that could be used: “{said}”."),
        (_("Ask the mail server's administrator for the right name."),),
    ),
    Cause.TCP_REFUSED: (
        _("Nothing listens on {place}"),
        _("The connection was refused: “{said}”. The mail server is not running there, or a firewall refuses."),
        (_("Check host name and port: 25 and 587 are usual for SMTP, 465 for SMTPS."), _NODE),
    ),
    Cause.TCP_TIMEOUT: (
        _("{host} did not answer on {at_port}"),
        _(
            "There was no answer to the connection: “{said}”. Usually a firewall drops the packets; many clouds block port 25."
        ),
        (
            _("Check the port, and try 587 or 465."),
            _("Ask whether a firewall drops TCP from the computer that runs Bitbucket to {place}."),
            _NODE,
        ),
    ),
    Cause.TCP_UNREACHABLE: (
        _("There is no way to {host}"),
        _("The network of the computer that runs Bitbucket reports “{said}”."),
        (
            _("Check its network, routes and VPN."),
            _(
                "If the name has an IPv6 address, Java may have chosen it: -Djava.net.preferIPv4Stack=true keeps it to IPv4."
            ),
        ),
    ),
    Cause.TCP_RESET: (
        _("The connection was torn down"),
        _("{place} reset the connection at “{step}”: “{said}”."),
        (_LOG, _("A firewall or an inspecting proxy between the two can do this as well.")),
    ),
    Cause.SILENT: (
        _("The server says nothing"),
        _(
            "The connection to {place} stood, and then nothing was said at “{step}”: “{said}”. A port that waits for TLS (465) looks like this to SMTP."
        ),
        (_("If this is port 465, choose SMTPS; otherwise try 587."), _NODE, _LOG),
    ),
    Cause.PLAIN_ON_TLS_PORT: (
        _("SMTP is chosen, but port 465 most likely waits for TLS first"),
        _(
            "On {place} nothing was said in clear text: “{said}”. The text alone does not prove it, but port 465 is for SMTPS."
        ),
        (_("Choose SMTPS for port 465."), _("Or keep SMTP and use port 587 or 25."), _NODE),
    ),
    Cause.CLOSED: (
        _("The server hung up"),
        _("{place} closed the connection at “{step}”: “{said}”."),
        (_LOG, _("If the port expects TLS from the first byte (465), choose SMTPS.")),
    ),
    Cause.NOT_SMTP: (
        _("{place} is not a mail server"),
        _("It answered, but not as SMTP{protocol}: “{said}”."),
        (_("Check the host name and the port."),),
    ),
    Cause.GREETING_REFUSED: (
        _("The server refuses the computer that runs Bitbucket"),
        _("{place} greeted with “{reply}”, before anything was asked."),
        (
            _("Have the address of the computer that runs Bitbucket allowed there."),
            _("If a block list is named, look the address up in it, or send through a relay."),
        ),
    ),
    Cause.EHLO_REFUSED: (
        _("The server does not like the name that Bitbucket's computer gives"),
        _("{host} does not take the name in EHLO and HELO: “{reply}”."),
        (
            _("Give the computer that runs Bitbucket a full host name (/etc/hosts, DNS)."),
            _("Or set one that the server accepts with -Dmail.smtp.localhost=NAME."),
        ),
    ),
    Cause.RELAY_DENIED: (
        _("The server does not relay for the computer that runs Bitbucket"),
        _(
            "For {recipient} it answered “{reply}”: it delivers to its own domains only, unless somebody signs in or the address is allowed."
        ),
        (
            _(
                "Sign in with a user name and password, over TLS: JavaMail goes on without signing in where AUTH is not offered."
            ),
            _("Or have the address of the computer that runs Bitbucket allowed to relay."),
        ),
    ),
    Cause.AUTH_REFUSED: (
        _("The server refused the sign-in"),
        _("It answered “{reply}”. It does not say whether the user name or the password is wrong."),
        (
            _("Check both; many servers want the full mail address as user name."),
            _(
                "If this server needs no sign-in, empty user name and password: browsers fill these fields in by themselves."
            ),
            _("Do not try often: several wrong attempts may lock the account."),
        ),
    ),
    Cause.AUTH_NOT_OFFERED: (
        _("Not signed in: the server offered no sign-in"),
        _(
            "There is a user name, but the server offered no AUTH: “{said}”. Bitbucket's mail library would go on without signing in, and say nothing."
        ),
        (
            _("If the server offers AUTH only after TLS, choose “Always use SSL/TLS”."),
            _("If mail is meant to be anonymous, empty user name and password."),
        ),
    ),
    Cause.NO_COMMON_MECHANISM: (
        _("No way to sign in that Bitbucket knows"),
        _(
            "“{said}”. Bitbucket's mail library does LOGIN, PLAIN, DIGEST-MD5 and NTLM; which ones the server offers, its EHLO reply tells."
        ),
        (
            _("Have LOGIN or PLAIN offered; many servers do so only after TLS: choose “Always use SSL/TLS”."),
            _("Bitbucket can do OAuth 2.0 for outgoing mail from version 10.0."),
        ),
    ),
    Cause.PASSWORD_MISSING: (
        _("There is a user name, but no password"),
        _("JavaMail says “{said}”."),
        (
            _("Type the password into Bitbucket's form again and save."),
            _("Or empty the user name if the server needs none."),
        ),
    ),
    Cause.FROM_NOT_OWNED: (
        _("The user who signs in may not send as {sender}"),
        _("The server answered “{reply}”."),
        (
            _("Use the address of {user} as “Email from”."),
            _("Or have the right to send as {sender} given to that account."),
        ),
    ),
}
READ: dict[Reading, Words] = {
    **READ_TLS,
    Reading.CONNECT: (
        _("Bitbucket could not connect to {place}"),
        _(
            "“{said}” does not say why: nothing may listen there, a firewall may drop the packets, or the name may be wrong. The reason stands on the lines below it."
        ),
        (_("Paste those lines too, above all “nested exception is” and “Caused by”."), _NODE),
    ),
    Reading.SIZE_HERE: (
        _("The message is larger than Bitbucket itself allows"),
        _(
            "Bitbucket says “{said}”. This is its own limit, mail.max.message.size (1 MB if it is not set); the mail server was not asked."
        ),
        (_("Raise mail.max.message.size in bitbucket.properties, and restart."),),
    ),
    Reading.TYPED_WRONG: (
        _("An address cannot be right"),
        _("JavaMail refuses it before anything is sent: “{said}”."),
        (_("Check “Email from” and the recipient's address for blanks and missing parts, character by character."),),
    ),
    Reading.UNDELIVERED: (
        _("Your mail server took the message and could not deliver it"),
        _(
            "This is a report about {recipient}: “{said}”. Bitbucket's settings are not the cause: the server that it sends through could not reach the next one."
        ),
        (
            _("Check the recipient's address."),
            _("Show the report to the administrator of the mail server that Bitbucket sends through."),
        ),
    ),
    Reading.DELIVERED: (
        _("This report tells of no failure"),
        _("It says that the mail to {recipient} was delivered or passed on (status {said})."),
        (_("If it is not in the inbox, look for it in the recipient's spam folder and quarantine."),),
    ),
    Reading.EMPTY: (
        _("There is nothing to explain"),
        _("The text is empty."),
        (_("Paste a stack trace, some lines of Bitbucket's log, a mail server's reply, or a bounce."),),
    ),
}
