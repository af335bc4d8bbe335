"""Real mail servers with real mistakes: one private Postfix whose every listener is set up wrong in its own way, and
one private Dovecot as its password checker, as IMAP server and as submission server. Not a test."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.lab.certificates import SERVED, write_certificates
from tests.postfix import DOMAIN, PASSWORD, USERNAME, free_ports, is_open, wait_until

MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log/mail.log
maillog_file_prefixes = {home}/log
myhostname = mail.{domain}
mydestination =
alias_maps =
mynetworks =
inet_interfaces = loopback-only
inet_protocols = ipv4
disable_dns_lookups = yes
default_transport = error:5.7.1 this server delivers to {domain} alone
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = inline:{{ {{ you@{domain} = you/ }} {{ bitbucket@{domain} = bitbucket/ }} }}
virtual_transport = discard
discard_transport = discard
smtpd_tls_chain_files = {home}/etc/good.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {home}/run/postfix-auth
smtpd_sasl_security_options = noanonymous
smtpd_sasl_mechanism_filter = plain, login
smtpd_sender_login_maps = inline:{{ {{ {user} = {user} }} {{ boss@{domain} = boss@{domain} }} }}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions =
smtpd_error_sleep_time = 0s
smtpd_client_connection_count_limit = 0
smtpd_client_event_limit_exceptions =
"""
SUBMISSION = (
    "smtpd_tls_security_level=encrypt",
    "smtpd_recipient_restrictions=permit_sasl_authenticated,reject",
)
SMTPS = ("smtpd_tls_wrappermode=yes",)
LISTENERS: dict[str, tuple[str, ...]] = {
    "relay": (),
    "submission": SUBMISSION,
    "smtps": (*SMTPS, *SUBMISSION[1:]),
    "no sign-in": ("smtpd_sasl_auth_enable=no",),
    "no TLS": ("smtpd_tls_security_level=none", "smtpd_sasl_auth_enable=no"),
    "sign-in in clear": ("smtpd_tls_security_level=none", "smtpd_tls_auth_only=no"),
    **{name: (f"smtpd_tls_chain_files={{home}}/etc/{name}.pem",) for name in SERVED if name != "good"},
    "broken key, SMTPS": (*SMTPS, "smtpd_tls_chain_files={home}/etc/broken.pem"),
    "TLS 1.0": ("smtpd_tls_protocols=TLSv1", "tls_medium_cipherlist=DEFAULT:@SECLEVEL=0"),
    "TLS 1.0, SMTPS": (*SMTPS, "smtpd_tls_mandatory_protocols=TLSv1", "tls_medium_cipherlist=DEFAULT:@SECLEVEL=0"),
    "no certificate": ("smtpd_tls_chain_files=",),
    "Camellia": ("smtpd_tls_protocols=TLSv1.2", "tls_medium_cipherlist=ECDHE+CAMELLIA"),
    "client certificate": ("smtpd_tls_security_level=encrypt", "smtpd_tls_req_ccert=yes"),
    "OAuth alone": ("smtpd_sasl_mechanism_filter=xoauth2,oauthbearer",),
    "no checker": ("smtpd_sasl_path={home}/run/nobody-listens",),
    "owned senders": (*SUBMISSION, "smtpd_sender_restrictions=reject_sender_login_mismatch"),
    "known senders": ("smtpd_sender_restrictions=reject_unknown_sender_domain",),
    "whole senders": ("smtpd_sender_restrictions=reject_non_fqdn_sender",),
    "greylisting": (
        "smtpd_recipient_restrictions=check_recipient_access,static:"
        "{{DEFER 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/{domain}.html}}",
    ),
    "proper names": ("smtpd_helo_required=yes", "smtpd_helo_restrictions=reject_non_fqdn_helo_hostname"),
    "block list": (
        "smtpd_client_restrictions=check_client_access,static:"
        "{{REJECT Service unavailable; Client host [127.0.0.1] blocked using zen.spamhaus.org}}",
    ),
    "content": ("cleanup_service_name=strict",),
    "small": ("message_size_limit=300",),
    "closed to this computer": ("smtpd_delay_reject=no", "smtpd_client_restrictions=reject"),
    "one a minute": ("smtpd_client_connection_rate_limit=1",),
    "one mail a minute": ("smtpd_client_message_rate_limit=1",),
    "one sign-in a minute": (*SUBMISSION, "smtpd_client_auth_rate_limit=1"),
    "wrong map": ("smtpd_recipient_restrictions=check_recipient_access,texthash:{home}/etc/missing",),
}
FIRST_COUNTS = ("one a minute",)
"""Nobody may connect to these but the test."""
SERVICES = """\
cleanup   unix  n - n - 0 cleanup
strict    unix  n - n - 0 cleanup
    -o header_checks=static:{REJECT}
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
tlsmgr    unix  - - n 1000? 1 tlsmgr
error     unix  - - n - - error
discard   unix  - - n - - discard
anvil     unix  - - n - 1 anvil
proxymap  unix  - - n - - proxymap
postlog   unix-dgram n - n - 1 postlogd
"""
DOVECOT = """\
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log/dovecot.log
instance_name = mailsetup-lab
listen = 127.0.0.1
protocols = imap submission
hostname = mail.{domain}
ssl = required
ssl_cert = <{home}/etc/good.pem
ssl_key = <{home}/etc/good.pem
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
auth_verbose = yes
mail_location = maildir:{home}/mail/%u
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/etc/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/etc/oauth2
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service auth {{
  unix_listener postfix-auth {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service submission-login {{
  inet_listener submission {{
    port = {submission}
  }}
  inet_listener submissions {{
    port = 0
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Lab:
    """`port`: of a Postfix listener by its name, and `dovecot`, `imap`, `imaps`."""

    home: Path
    port: dict[str, int]

    @property
    def roots(self) -> str:
        """What Java would trust."""
        return str(self.home / "etc/root.crt")

    def log(self, name: str) -> str:
        return (self.home / "log" / name).read_text(encoding="utf-8", errors="replace")


def configured(home: Path) -> Lab:
    owner, reader = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    home.chmod(0o755)
    for name in ("etc", "queue", "data", "log", "mail", "run"):
        (home / name).mkdir()
    os.chown(home / "data", owner.pw_uid, -1)
    os.chown(home / "mail", reader.pw_uid, -1)
    names = (*LISTENERS, "dovecot", "imap", "imaps")
    lab = Lab(home, dict(zip(names, free_ports(len(names)), strict=True)))
    write_certificates(home / "etc")
    words = {"home": home, "domain": DOMAIN, "user": USERNAME, "uid": reader.pw_uid, "gid": reader.pw_gid}
    (home / "etc/main.cf").write_text(MAIN.format(**words), encoding="ascii")
    master = "".join(
        f"127.0.0.1:{lab.port[name]} inet n - n - - smtpd\n"
        + "".join(f"    -o {{ {option.format(**words).replace('=', ' = ', 1)} }}\n" for option in options)
        for name, options in LISTENERS.items()
    )
    (home / "etc/master.cf").write_text(master + SERVICES, encoding="ascii")
    ports = {"relay": lab.port["relay"], "imap": lab.port["imap"], "imaps": lab.port["imaps"]}
    dovecot = DOVECOT.format(**words, **ports, submission=lab.port["dovecot"])
    (home / "etc/dovecot.conf").write_text(dovecot, encoding="ascii")
    (home / "etc/users").write_text(f"{USERNAME}:{PASSWORD}\n", encoding="ascii")
    (home / "etc/oauth2").write_text("introspection_url = http://127.0.0.1:9/\nintrospection_mode = post\n")
    return lab


@contextlib.contextmanager
def running(lab: Lab) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for program, config in (("dovecot", "etc/dovecot.conf"), ("postfix", "etc")):
            command = [program, "-c", str(lab.home / config)]
            stack.callback(_told, [*command, "abort" if program == "postfix" else "stop"], lab)
            assert _told([*command, *(["start"] if program == "postfix" else [])], lab) == 0, lab.log("told.log")
        ports = [port for name, port in lab.port.items() if name not in FIRST_COUNTS]
        wait_until(lambda: all(is_open("127.0.0.1", port) for port in ports), "a server does not listen")
        yield
    wait_until(lambda: _told(["postfix", "-c", str(lab.home / "etc"), "status"], lab) != 0, "Postfix does not stop")


def _told(command: list[str], lab: Lab) -> int:
    """What it answers goes into a file: a daemon would keep a pipe open for ever."""
    with (lab.home / "log/told.log").open("a", encoding="utf-8") as log:
        return subprocess.run(command, stdout=log, stderr=log, check=False, timeout=60).returncode
