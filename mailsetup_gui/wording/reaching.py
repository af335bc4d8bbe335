"""Title, why and fixes for what happens on the way to the server and in the dialogue itself."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.language import _

Words = tuple[str, str, tuple[str, ...]]
"""(title, why, fixes); {host} {port} {address} {took} {step} {evidence} {reply} {user} {sender} {recipient} are filled in."""

REACHING: dict[Cause, Words] = {
    Cause.DNS_NOT_FOUND: (
        _("{host} does not exist"),
        _("This computer's name service knows no such name ({evidence})."),
        (
            _("Check the spelling of the host name."),
            _("If it is right, ask for it on the computer that runs Bitbucket: it may use another name service."),
        ),
    ),
    Cause.DNS_TEMPORARY: (
        _("The name service did not answer"),
        _("Looking up {host} failed after {took} ({evidence}). Whether the name exists is not known."),
        (
            _("Check this computer's network and name service, then try again."),
            _("Or use the server's IP address to go on."),
        ),
    ),
    Cause.DNS_NO_ADDRESS: (
        _("{host} has no address"),
        _("The name exists, but has no IP address that this computer can use ({evidence})."),
        (_("Ask the mail server's administrator for the right name."),),
    ),
    Cause.TCP_REFUSED: (
        _("Nothing listens on {host} port {port}"),
        _("The computer answered and refused the connection after {took} ({evidence})."),
        (
            _("Check the port: 25 and 587 are usual for SMTP, 465 for SMTPS."),
            _("If the port is right, the mail server is not running or a firewall refuses."),
        ),
    ),
    Cause.TCP_TIMEOUT: (
        _("{host} did not answer on port {port}"),
        _("No answer within {took} ({evidence}). Usually a firewall drops the packets."),
        (
            _("Check the port."),
            _("Ask whether a firewall drops TCP from this computer to {host} port {port}; many clouds block port 25."),
            _("Try from the computer that runs Bitbucket: its way may be open."),
        ),
    ),
    Cause.TCP_UNREACHABLE: (
        _("There is no way to {host}"),
        _("The network reports: {evidence}."),
        (
            _("Check this computer's network, routes and VPN."),
            _("If only IPv6 is listed, ask for an IPv4 address of the server."),
        ),
    ),
    Cause.TCP_RESET: (
        _("The connection was torn down"),
        _("{host} port {port} reset the connection at “{step}” ({evidence})."),
        (
            _("Look into the mail server's log at this moment."),
            _("A firewall or an inspecting proxy between the two can do this as well."),
        ),
    ),
    Cause.TCP_OTHER_ADDRESS: (
        _("{host} answers, but not at the address that Java tries"),
        _("{host} has several addresses, and Java tries the first one only, IPv4 before IPv6: {evidence}."),
        (
            _("Have the address that does not answer removed from the name, or the server reachable there."),
            _("Or use a name that has only the address that answers."),
        ),
    ),
    Cause.TLS_ON_PLAIN_PORT: (
        _("SMTPS is chosen, but port {port} begins in clear text"),
        _("Where a TLS record should be, the server said “{evidence}”."),
        (_("Choose SMTP with “Always use SSL/TLS” for port {port}."), "{keep_smtps}"),
    ),
    Cause.PLAIN_ON_TLS_PORT: (
        _("SMTP is chosen, but port {port} waits for TLS first"),
        _(
            "In clear text {host} said nothing for {took}; asked with a TLS hello on a second connection it answered at once ({evidence})."
        ),
        (_("Choose SMTPS for port {port}."), "{keep_smtp}"),
    ),
    Cause.NOT_SMTP: (
        _("{host} port {port} is not a mail server"),
        _("It answered{inside}, not as SMTP{protocol}. Its first words: “{evidence}”."),
        (_("Check the host name and the port: 25 and 587 are usual for SMTP, 465 for SMTPS."),),
    ),
    Cause.SILENT: (
        _("The server says nothing"),
        _("{host} port {port} said nothing for {took} at “{step}”.{not_even_tls}"),
        (
            _(
                "Look into the mail server's log at this moment: it may be waiting for something else, such as a name service."
            ),
            _("If the log knows nothing of it, ask which firewall or proxy answers in the server's place."),
        ),
    ),
    Cause.SLOW: (
        _("The server is too slow"),
        _("At “{step}” {host} began to answer, and had not finished after {took}."),
        (
            _("Try again."),
            _("If it stays so, ask the mail server's administrator: a tarpit or an overloaded server does this."),
        ),
    ),
    Cause.DEADLINE: (
        _("The time for the test is over"),
        _("After {took} the test had come to “{step}”. The server was answering all the time, only slowly."),
        (_("Try again with a longer time limit."),),
    ),
    Cause.CLOSED: (
        _("The server hung up"),
        _("{host} closed the connection at “{step}”{said}."),
        (
            "{log_of_end}",
            "{try_smtps}",
        ),
    ),
    Cause.GREETING_REFUSED: (
        _("The server refuses this computer"),
        _("{host} greeted with “{reply}”, before anything was asked."),
        (_("Ask the mail server's administrator to allow the address of the computer that runs Bitbucket."),),
    ),
    Cause.BUSY: (
        _("The server is busy"),
        _("{host} answered “{reply}” at “{step}”."),
        (
            _("Try again in a few minutes."),
            _("If it stays so, ask whether the server limits connections from this address."),
        ),
    ),
    Cause.EHLO_REFUSED: (
        _("The server does not like this computer's name"),
        _("{host} does not take the name in EHLO and HELO: “{reply}”."),
        (
            _("Set an EHLO name that the server accepts, usually a full host name."),
            _("Bitbucket uses its own computer's name there; -Dmail.smtp.localhost=NAME changes it."),
        ),
    ),
    Cause.PROTOCOL: (
        _("The server does not keep to the protocol"),
        _("At “{step}” {breach}{said}. Nothing that came after it can be trusted."),
        (
            _("Look for a proxy or firewall that changes mail traffic between this computer and {host}."),
            _("Show the transcript to the mail server's administrator."),
        ),
    ),
    Cause.SETTINGS_INVALID: (
        _("These settings cannot be right"),
        "{evidence}",
        (_("Mend what is named, then test again."),),
    ),
    Cause.LOCAL_UNUSABLE: (_("Something on this computer cannot be used"), "{evidence}", ()),
    Cause.USAGE: (_("This command cannot be right"), "{evidence}", ()),
    Cause.PASSWORD_MISSING: (
        _("The password is missing"),
        _("There is a user name, “{user}”, but no password for it: {evidence}"),
        (_("Give it with --password-file FILE or --password-env NAME, or run this in a terminal to be asked."),),
    ),
    Cause.UNKNOWN: (
        _("mailsetup does not know this error"),
        _(
            "The line that looks most like an error says “{evidence}”. No cause is named, because none of its words tells one."
        ),
        (
            _("Paste the whole of it: the lines that begin with “Caused by” or “nested exception is” have the reason."),
            _("Or let mailsetup test the mail server itself: it asks each step."),
        ),
    ),
    Cause.NOT_CONFIGURED: (
        _("No mail server is set up in Bitbucket"),
        _("Bitbucket says “{evidence}”: it has no settings to send with."),
        (_("Fill in Administration, Mail server, and save. mailsetup test tries the settings first."),),
    ),
    Cause.QUEUE_FULL: (
        _("Bitbucket's mail queue is full, and new mail is dropped"),
        _("Bitbucket says “{evidence}”. Mail is queued in memory; it fills up when the mail server does not take it."),
        (
            _(
                "Find out why the mail server does not take mail: look for earlier errors in atlassian-bitbucket-mail.log."
            ),
            _("If it is only slow, raise mail.max.queue.size in bitbucket.properties, and restart."),
        ),
    ),
    Cause.CANCELLED: (_("Cancelled"), _("You cancelled the test at “{step}”. {nothing_sent}"), ()),
    Cause.INTERRUPTED: (_("Interrupted"), _("The test was interrupted at “{step}”. {nothing_sent}"), ()),
    Cause.SANDBOX_DIFFERS: (
        _("What arrived is not what was sent"),
        _("The built-in server took the message, but what it kept differs from it."),
        (_("This is an error of mailsetup: please report it."),),
    ),
    Cause.SANDBOX_BROKEN: (
        _("The built-in mail server did not start"),
        "{evidence}",
        (_("Close what uses the address, then try again."),),
    ),
}
