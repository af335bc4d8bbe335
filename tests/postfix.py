"""A private Postfix on loopback: a real mail server as peer. Its configuration, queue and mailboxes live in one folder
of their own; the system's Postfix is neither used nor changed."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

DOMAIN = "example.test"
USERNAME = f"bitbucket@{DOMAIN}"
PASSWORD = "correct horse + 100% 'battery'"
MAILBOXES = ("admin", "bitbucket", "you")
PATIENCE = 20.0

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
disable_dns_lookups = yes
default_transport = error:5.7.1 this server delivers to {domain} alone
biff = no

virtual_mailbox_domains = {domain}
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = texthash:{home}/etc/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}

smtpd_tls_chain_files = {home}/etc/server.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_loglevel = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = {domain}
smtpd_sasl_security_options = noanonymous
cyrus_sasl_config_path = {home}/etc/sasl

smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_timeout = 10s
smtpd_starttls_timeout = 10s
smtpd_error_sleep_time = 0s
smtpd_client_connection_count_limit = 0
"""

# The four listeners differ in encryption and in whether mail needs a sign-in.
MASTER = """\
{starttls}   inet n - n - - smtpd
{submission} inet n - n - - smtpd
    -o smtpd_tls_security_level=encrypt
    -o smtpd_recipient_restrictions=reject_unauth_destination,permit_sasl_authenticated,reject
{smtps}      inet n - n - - smtpd
    -o smtpd_tls_wrappermode=yes
    -o smtpd_recipient_restrictions=reject_unauth_destination,permit_sasl_authenticated,reject
{plain}      inet n - n - - smtpd
    -o smtpd_tls_security_level=none
cleanup   unix       n - n - 0 cleanup
qmgr      unix       n - n 300 1 qmgr
rewrite   unix       - - n - - trivial-rewrite
bounce    unix       - - n - 0 bounce
defer     unix       - - n - 0 bounce
trace     unix       - - n - 0 bounce
tlsmgr    unix       - - n 1000? 1 tlsmgr
error     unix       - - n - - error
virtual   unix       - n n - - virtual
anvil     unix       - - n - 1 anvil
proxymap  unix       - - n - - proxymap
postlog   unix-dgram n - n - 1 postlogd
"""

SASL = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/sasldb2
mech_list: PLAIN LOGIN
"""


@dataclass(frozen=True, slots=True)
class Postfix:
    """A running Postfix with a certificate for `localhost` and 127.0.0.1.

    It takes mail for the mailboxes of example.test and relays none. `starttls_port`: STARTTLS and then sign-in are
    offered, neither is asked. `submission_port`: both are asked. `smtps_port`: TLS from the first byte, sign-in is
    asked. `plain_port`: neither STARTTLS nor sign-in is offered.
    """

    host: str
    starttls_port: int
    submission_port: int
    smtps_port: int
    plain_port: int
    ca_pem: Path
    username: str
    password: str
    home: Path

    def mailbox(self, user: str) -> list[bytes]:
        """The mails delivered to user@example.test so far, oldest first."""
        mails = (self.home / "mail" / user / "new").glob("*")
        return [mail.read_bytes() for mail in sorted(mails, key=lambda mail: mail.stat().st_mtime_ns)]

    def delivered(self, user: str, part: bytes) -> bytes:
        """The first mail to the user that contains the part; waits until it is there."""
        wait_until(lambda: any(part in mail for mail in self.mailbox(user)), f"no mail to {user} with {part!r}")
        return next(mail for mail in self.mailbox(user) if part in mail)

    @property
    def log(self) -> str:
        return (self.home / "log" / "mail.log").read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="session")
def postfix() -> Iterator[Postfix]:
    tools = [tool for tool in ("postfix", "saslpasswd2") if shutil.which(tool) is None]
    if tools or os.geteuid() != 0:
        pytest.skip(f"no postfix: {f'{tools[0]} is not installed' if tools else 'only root can start one'}")
    # Not under pytest's own folder: only its owner may enter that, and Postfix gives its rights away.
    home = Path(tempfile.mkdtemp(prefix="mailsetup-postfix-"))
    try:
        server = configure(home)
        with running(server):
            yield server
    finally:
        shutil.rmtree(home)


def configure(home: Path) -> Postfix:
    owner, reader = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    home.chmod(0o755)
    for name in ("etc", "queue", "data", "log", "mail", "etc/sasl"):
        (home / name).mkdir()
    os.chown(home / "data", owner.pw_uid, -1)
    os.chown(home / "mail", reader.pw_uid, -1)
    starttls, submission, smtps, plain = free_ports(4)
    words = {"home": home, "domain": DOMAIN, "uid": reader.pw_uid, "gid": reader.pw_gid}
    (home / "etc/main.cf").write_text(MAIN.format(**words), encoding="ascii")
    ports = {"starttls": starttls, "submission": submission, "smtps": smtps, "plain": plain}
    listeners = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
    (home / "etc/master.cf").write_text(MASTER.format(**listeners), encoding="ascii")
    mailboxes = "".join(f"{user}@{DOMAIN} {user}/\n" for user in MAILBOXES)
    (home / "etc/mailboxes").write_text(mailboxes, encoding="ascii")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(home / "ca.pem")
    certificate = authority.issue_cert("localhost", "127.0.0.1", f"mail.{DOMAIN}")
    certificate.private_key_and_cert_chain_pem.write_to_path(home / "etc/server.pem")
    add_account(home / "etc/sasl", owner.pw_gid)
    return Postfix("localhost", starttls, submission, smtps, plain, home / "ca.pem", USERNAME, PASSWORD, home)


def add_account(folder: Path, group: int) -> None:
    """The folder must be `sasl` beside main.cf: Debian's Postfix looks there, whatever cyrus_sasl_config_path says."""
    (folder / "smtpd.conf").write_text(SASL.format(folder=folder), encoding="ascii")
    user = USERNAME.partition("@")[0]
    command = ["saslpasswd2", "-p", "-c", "-f", str(folder / "sasldb2"), "-u", DOMAIN, user]
    subprocess.run(command, input=PASSWORD.encode(), check=True, capture_output=True)
    os.chown(folder / "sasldb2", -1, group)


@contextlib.contextmanager
def running(server: Postfix) -> Iterator[None]:
    def postfix(word: str) -> subprocess.CompletedProcess[str]:
        command = ["postfix", "-c", str(server.home / "etc"), word]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    started = postfix("start")
    try:
        assert started.returncode == 0, started.stderr
        ports = (server.starttls_port, server.submission_port, server.smtps_port, server.plain_port)
        wait_until(lambda: all(is_open(server.host, port) for port in ports), "Postfix does not listen")
        yield
    finally:
        postfix("stop")
        wait_until(lambda: postfix("status").returncode != 0, "Postfix does not stop")


def free_ports(count: int) -> list[int]:
    """Held together while they are chosen, so that no two are the same."""
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [listener.getsockname()[1] for listener in listeners]


def is_open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)
