"""What one line of Java, OpenSSL, Python, curl or a mail server says when it quotes no reply -> the cause it names."""

from functools import lru_cache

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.reading import Reading, Sign, sign
from mailsetup_gui.diagnosis.tls_signs import TLS_SIGNS
from mailsetup_gui.smtp.events import Step

_RESOLVE, _CONNECT, _AUTH = Step.RESOLVE, Step.CONNECT, Step.AUTH

_BITBUCKET = (
    sign("mailqueuefullexception | mail queue is full", Cause.QUEUE_FULL, None),
    sign("mailsizeexceededexception | exceeds the configured size limit", Cause.TOO_LARGE, None, 3, Reading.SIZE_HERE),
    sign(
        "nomailhostconfigurationexception | mail server has not been configured | mail server hasn't been configured"
        " | mail server is not configured",
        Cause.NOT_CONFIGURED,
        None,
    ),
    sign("internet.addressexception | addressexception: | no recipient addresses", Cause.FROM_INVALID, None),
    sign("no password specified?", Cause.PASSWORD_MISSING, _AUTH),
)
_REACHING = (
    sign("temporary failure in name resolution | [errno -3] | errno 11002", Cause.DNS_TEMPORARY, _RESOLVE),
    sign(
        "no address associated with | [errno -5] | errno 11004 | no data record of requested type",
        Cause.DNS_NO_ADDRESS,
        _RESOLVE,
    ),
    sign(
        "unknownhostexception | unknown smtp host | gaierror | name or service not known | nodename nor servname"
        " | getaddrinfo failed | could not resolve host | couldn't resolve host | no such host is known | nxdomain",
        Cause.DNS_NOT_FOUND,
        _RESOLVE,
    ),
    sign(
        "connection refused | connectionrefusederror | [errno 111] | [errno 61] | winerror 10061 | actively refused"
        " | errno=111",
        Cause.TCP_REFUSED,
        _CONNECT,
    ),
    sign("timed out (read failed) | timed out (write failed)", Cause.SILENT, None, 3),
    sign(
        "connection timed out | connect timed out | connectexception: operation timed out | [errno 110] | [errno 60]"
        " | winerror 10060 | connection timeout | timeout was reached | did not properly respond | errno=110"
        " | failed to connect~failed to connect to .{1,200}timed? ?out",
        Cause.TCP_TIMEOUT,
        _CONNECT,
    ),
    sign(
        "noroutetohost | no route to host | network is unreachable | network is down | host is unreachable"
        " | host is down | [errno 113] | [errno 101] | [errno 65] | [errno 51] | winerror 10051 | winerror 10065"
        " | protocol family unavailable | network unreachable",
        Cause.TCP_UNREACHABLE,
        _CONNECT,
    ),
    sign(
        "bad greeting~bad greeting.{0,300}response: (?!\\[eof\\]|[245]\\d\\d\\b|-1\\b)\\S"
        " | smtpconnecterror: (-1~\\(-1, b['\"][^'\"] | response: http/ | response: * ok | response: +ok"
        " | response: ssh- | weird server reply",
        Cause.NOT_SMTP,
        Step.GREETING,
    ),
    sign(
        "sockettimeoutexception | read timed out | read operation timed out | unexpectedly closed: timed out",
        Cause.SILENT,
        None,
        2,
    ),
    sign("timeouterror: timed out | socket.timeout: timed out", Cause.TCP_TIMEOUT, _CONNECT, 2),
    sign("timed out~^(?:\\w{0,30}error: )?timed out\\.?$", Cause.TCP_TIMEOUT, _CONNECT, 2),
    sign(
        "connection reset | connection was reset | connectionreseterror | winerror 10054 | forcibly closed | errno 104]"
        " | errno 54] | broken pipe | connectionabortederror | software caused connection abort | winerror 10053",
        Cause.TCP_RESET,
        None,
        2,
    ),
    sign(
        "[eof] | connection unexpectedly closed | response: -1 | server closed the connection | lost connection"
        " | connection closed by remote host | connection closed by foreign host | smtpconnecterror: (-1, b''"
        " | please run connect() first",
        Cause.CLOSED,
        None,
        2,
    ),
    sign(
        "mailconnectexception | couldn't connect to host | could not connect to host | could not connect to smtp host",
        Cause.TCP_UNREACHABLE,
        _CONNECT,
        1,
        Reading.CONNECT,
    ),
)
_SIGNING_IN = (
    sign(
        "no authentication mechanism | no suitable authentication method | no known authentication mechanism",
        Cause.NO_COMMON_MECHANISM,
        _AUTH,
    ),
    sign("auth extension not supported", Cause.AUTH_NOT_OFFERED, _AUTH),
    sign("login denied | sasl~sasl \\w{1,20} authentication failed", Cause.AUTH_REFUSED, _AUTH, 2),
    sign(
        "authenticationfailedexception | mailauthenticationexception | smtpauthenticationerror | authentication failed",
        Cause.AUTH_REFUSED,
        _AUTH,
        1,
    ),
)
SIGNS = (*_BITBUCKET, *_REACHING, *TLS_SIGNS, *_SIGNING_IN)


@lru_cache(maxsize=4096)
def of_line(text: str) -> Sign | None:
    """The heaviest sign, of those the first; logs repeat their lines, so the answer is kept."""
    lowered = text.lower().replace("’", "'")
    found = [one for one in SIGNS if one.fits(lowered)]
    return max(found, key=lambda one: one.weight, default=None)
