"""Title, why and fixes for what happens on the way to the server and in the dialogue itself."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause

Words = tuple[str, str, tuple[str, ...]]
"""(title, why, fixes); {host} {port} {address} {took} {step} {evidence} {reply} {user} {sender} {recipient} are filled in."""

REACHING: dict[Cause, Words] = {
    Cause.DNS_NOT_FOUND: (
        "{host} does not exist",
        "This computer's name service knows no such name ({evidence}).",
        (
            "Check the spelling of the host name.",
            "If it is right, ask for it on the computer that runs Bitbucket: it may use another name service.",
        ),
    ),
    Cause.DNS_TEMPORARY: (
        "The name service did not answer",
        "Looking up {host} failed after {took} ({evidence}). Whether the name exists is not known.",
        ("Check this computer's network and name service, then try again.", "Or use the server's IP address to go on."),
    ),
    Cause.DNS_NO_ADDRESS: (
        "{host} has no address",
        "The name exists, but has no IP address that this computer can use ({evidence}).",
        ("Ask the mail server's administrator for the right name.",),
    ),
    Cause.TCP_REFUSED: (
        "Nothing listens on {host} port {port}",
        "The computer answered and refused the connection after {took} ({evidence}).",
        (
            "Check the port: 25 and 587 are usual for SMTP, 465 for SMTPS.",
            "If the port is right, the mail server is not running or a firewall refuses.",
        ),
    ),
    Cause.TCP_TIMEOUT: (
        "{host} did not answer on port {port}",
        "No answer within {took} ({evidence}). Usually a firewall drops the packets.",
        (
            "Check the port.",
            "Ask whether a firewall drops TCP from this computer to {host} port {port}; many clouds block port 25.",
            "Try from the computer that runs Bitbucket: its way may be open.",
        ),
    ),
    Cause.TCP_UNREACHABLE: (
        "There is no way to {host}",
        "The network reports: {evidence}.",
        (
            "Check this computer's network, routes and VPN.",
            "If only IPv6 is listed, ask for an IPv4 address of the server.",
        ),
    ),
    Cause.TCP_RESET: (
        "The connection was torn down",
        "{host} port {port} reset the connection at “{step}” ({evidence}).",
        (
            "Look into the mail server's log at this moment.",
            "A firewall or an inspecting proxy between the two can do this as well.",
        ),
    ),
    Cause.TCP_OTHER_ADDRESS: (
        "{host} answers, but not at the address that Java tries",
        "{host} has several addresses, and Java tries the first one only, IPv4 before IPv6: {evidence}.",
        (
            "Have the address that does not answer removed from the name, or the server reachable there.",
            "Or use a name that has only the address that answers.",
        ),
    ),
    Cause.TLS_ON_PLAIN_PORT: (
        "SMTPS is chosen, but port {port} begins in clear text",
        "Where a TLS record should be, the server said “{evidence}”.",
        ("Choose SMTP with “Always use SSL/TLS” for port {port}.", "{keep_smtps}"),
    ),
    Cause.PLAIN_ON_TLS_PORT: (
        "SMTP is chosen, but port {port} waits for TLS first",
        "In clear text {host} said nothing for {took}; asked with a TLS hello on a second connection it answered at once ({evidence}).",
        ("Choose SMTPS for port {port}.", "{keep_smtp}"),
    ),
    Cause.NOT_SMTP: (
        "{host} port {port} is not a mail server",
        "It answered{inside}, not as SMTP{protocol}. Its first words: “{evidence}”.",
        ("Check the host name and the port.",),
    ),
    Cause.SILENT: (
        "The server says nothing",
        "{host} port {port} took the connection and then said nothing for {took} at “{step}”.{not_even_tls}",
        (
            "Look into the mail server's log at this moment: it may be waiting for something else, such as a name service.",
            "If the log knows nothing of it, ask which firewall or proxy answers in the server's place.",
        ),
    ),
    Cause.SLOW: (
        "The server is too slow",
        "At “{step}” {host} began to answer, and had not finished after {took}.",
        (
            "Try again.",
            "If it stays so, ask the mail server's administrator: a tarpit or an overloaded server does this.",
        ),
    ),
    Cause.DEADLINE: (
        "The time for the test is over",
        "After {took} the test had come to “{step}”. The server was answering all the time, only slowly.",
        ("Try again with a longer time limit.",),
    ),
    Cause.CLOSED: (
        "The server hung up",
        "{host} closed the connection at “{step}”{said}.",
        (
            "Look into the mail server's log at this moment: it may not allow this computer's address.",
            "{try_smtps}",
        ),
    ),
    Cause.GREETING_REFUSED: (
        "The server refuses this computer",
        "{host} greeted with “{reply}”, before anything was asked.",
        ("Ask the mail server's administrator to allow the address of the computer that runs Bitbucket.",),
    ),
    Cause.BUSY: (
        "The server is busy",
        "{host} answered “{reply}” at “{step}”.",
        ("Try again in a few minutes.", "If it stays so, ask whether the server limits connections from this address."),
    ),
    Cause.EHLO_REFUSED: (
        "The server does not like this computer's name",
        "{host} does not take the name in EHLO and HELO: “{reply}”.",
        (
            "Set an EHLO name that the server accepts, usually a full host name.",
            "Bitbucket uses its own computer's name there; -Dmail.smtp.localhost=NAME changes it.",
        ),
    ),
    Cause.PROTOCOL: (
        "The server does not keep to the protocol",
        "At “{step}” {breach}{said}. Nothing that came after it can be trusted.",
        (
            "Look for a proxy or firewall that changes mail traffic between this computer and {host}.",
            "Show the transcript to the mail server's administrator.",
        ),
    ),
    Cause.SETTINGS_INVALID: (
        "These settings cannot be right",
        "{evidence}",
        ("Mend what is named, then test again.",),
    ),
    Cause.LOCAL_UNUSABLE: ("Something on this computer cannot be used", "{evidence}", ()),
    Cause.USAGE: ("This command cannot be right", "{evidence}", ()),
    Cause.PASSWORD_MISSING: (
        "The password is missing",
        "There is a user name, “{user}”, but no password for it: {evidence}",
        ("Give it with --password-file FILE or --password-env NAME, or run this in a terminal to be asked.",),
    ),
    Cause.UNKNOWN: (
        "mailsetup does not know this error",
        "The line that looks most like an error says “{evidence}”. No cause is named, because none of its words tells one.",
        (
            "Paste the whole of it: the lines that begin with “Caused by” or “nested exception is” have the reason.",
            "Or let mailsetup test the mail server itself: it asks each step.",
        ),
    ),
    Cause.NOT_CONFIGURED: (
        "No mail server is set up in Bitbucket",
        "Bitbucket says “{evidence}”: it has no settings to send with.",
        ("Fill in Administration, Mail server, and save. mailsetup test tries the settings first.",),
    ),
    Cause.QUEUE_FULL: (
        "Bitbucket's mail queue is full, and new mail is dropped",
        "Bitbucket says “{evidence}”. Mail is queued in memory; it fills up when the mail server does not take it.",
        (
            "Find out why the mail server does not take mail: look for earlier errors in atlassian-bitbucket-mail.log.",
            "If it is only slow, raise mail.max.queue.size in bitbucket.properties, and restart.",
        ),
    ),
    Cause.CANCELLED: ("Cancelled", "You cancelled the test at “{step}”. {nothing_sent}", ()),
    Cause.INTERRUPTED: ("Interrupted", "The test was interrupted at “{step}”. {nothing_sent}", ()),
    Cause.SANDBOX_DIFFERS: (
        "What arrived is not what was sent",
        "The built-in server took the message, but what it kept differs from it.",
        ("This is an error of mailsetup: please report it.",),
    ),
    Cause.SANDBOX_BROKEN: (
        "The built-in mail server did not start",
        "{evidence}",
        ("Close what uses the address, then try again.",),
    ),
}
