"""A mail server with a setting for whatever mail servers differ in, and what it saw of one client. Not a test."""

from __future__ import annotations

import base64
import re
import ssl
from dataclasses import dataclass, field
from functools import partial
from hashlib import new

from tests.smtp.polite import PASSWORD, USERNAME
from tests.smtp.scripted import Talk

md5 = partial(new, "md5", usedforsecurity=False)
CHALLENGE = b'realm="example.test",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8'


@dataclass(frozen=True)
class Peer:
    """What a server offers and answers. Octets replace a reply; `auth` and `auth_inside` are mechanism lists."""

    implicit: bool = False
    greeting: bytes = b"220 mail.example.test ESMTP"
    ehlo: bytes = b""
    ehlo_inside: bytes = b""
    starttls: bool = True
    starttls_reply: bytes = b"220 2.0.0 Ready"
    auth: bytes = b""
    auth_inside: bytes = b"AUTH LOGIN PLAIN"
    auth_reply: bytes = b""
    needs_tls: bool = False
    needs_sign_in: bool = False
    mail: bytes = b"250 2.1.0 Ok"
    rcpt: bytes = b"250 2.1.5 Ok"
    data: bytes = b"354 go on"
    dot: bytes = b"250 2.0.0 Ok: queued as 4XyZ12"
    context: ssl.SSLContext | None = None


@dataclass
class Seen:
    """Of the last client that got to its final dot, or of the last one at all."""

    accepted: bool = False
    encrypted: bool = False
    signed_in: bool = False
    commands: list[str] = field(default_factory=list)


class Served:
    """The script of one Peer; `seen` is filled as it is played."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.seen = Seen()

    def __call__(self, talk: Talk) -> None:
        peer, seen = self.peer, Seen()
        self.seen = seen
        if peer.implicit:
            self._secure(talk, seen)
        self._say(talk, peer.greeting)
        while True:
            line = talk.hear().decode("utf-8", "replace").rstrip("\r\n")
            seen.commands.append(line)
            verb = line.upper().split(" ")[0]
            if verb == "QUIT":
                self._say(talk, b"221 2.0.0 Bye")
                talk.hang_up()
            self._answer(talk, seen, verb, line)

    def _answer(self, talk: Talk, seen: Seen, verb: str, line: str) -> None:
        peer = self.peer
        refusal = self._wants_first(seen) if verb == "MAIL" else b""
        match verb:
            case "EHLO":
                self._say(talk, self._extensions(seen))
            case "STARTTLS" if not seen.encrypted:
                self._say(talk, peer.starttls_reply)
                if peer.starttls_reply.startswith(b"220"):
                    self._secure(talk, seen)
            case "AUTH":
                self._sign_in(talk, seen, line)
            case "DATA":
                self._message(talk, seen)
            case _:
                said = {"HELO": b"250 mail.example.test", "MAIL": refusal or peer.mail, "RCPT": peer.rcpt}
                self._say(talk, said.get(verb, b"500 5.5.1 what"))

    def _wants_first(self, seen: Seen) -> bytes:
        if self.peer.needs_tls and not seen.encrypted:
            return b"530 5.7.0 Must issue a STARTTLS command first"
        unsigned = self.peer.needs_sign_in and not seen.signed_in
        return b"530 5.7.0 Authentication required" if unsigned else b""

    def _extensions(self, seen: Seen) -> bytes:
        peer = self.peer
        if replaced := peer.ehlo_inside if seen.encrypted else peer.ehlo:
            return replaced
        words = [b"mail.example.test", b"SIZE 10000000"]
        if peer.starttls and not seen.encrypted:
            words.append(b"STARTTLS")
        words += [word for word in (peer.auth_inside if seen.encrypted else peer.auth,) if word]
        return b"\r\n".join([*(b"250-" + word for word in words[:-1]), b"250 " + words[-1]])

    def _sign_in(self, talk: Talk, seen: Seen, line: str) -> None:
        words = line.split(" ")
        if self.peer.needs_tls and not seen.encrypted:
            self._say(talk, b"530 5.7.0 Must issue a STARTTLS command first")
            return
        match words[1].upper():
            case "LOGIN":
                self._say(talk, b"334 VXNlcm5hbWU6")
                user = base64.b64decode(talk.hear()).decode()
                self._say(talk, b"334 UGFzc3dvcmQ6")
                right = (user, base64.b64decode(talk.hear()).decode()) == (USERNAME, PASSWORD)
            case "PLAIN":
                right = base64.b64decode(words[2]).decode().split("\0")[1:] == [USERNAME, PASSWORD]
            case "DIGEST-MD5":
                self._say(talk, b"334 " + base64.b64encode(CHALLENGE))
                right = self._digest(talk, base64.b64decode(talk.hear()).decode())
            case _:
                right = False
        if self.peer.auth_reply:
            self._say(talk, self.peer.auth_reply)
            seen.signed_in = self.peer.auth_reply.startswith(b"235")
            return
        seen.signed_in = right
        self._say(talk, b"235 2.7.0 in" if right else b"535 5.7.8 Error: authentication failed")

    def _digest(self, talk: Talk, response: str) -> bool:
        """RFC 2831 2.1.2.1, and 2.1.3: the server shows that it knows the password too."""
        said = dict(re.findall(r'([\w-]+)="?([^",]*)"?', response))
        secret = md5(f"{USERNAME}:{said['realm']}:{PASSWORD}".encode()).digest()
        key = md5(secret + f":{said['nonce']}:{said['cnonce']}".encode()).hexdigest()

        def digest(words: str) -> str:
            second = md5(words.encode()).hexdigest()
            whole = ":".join((key, said["nonce"], said["nc"], said["cnonce"], said["qop"], second))
            return md5(whole.encode()).hexdigest()

        if said["response"] != digest(f"AUTHENTICATE:{said['digest-uri']}"):
            return False
        self._say(talk, b"334 " + base64.b64encode(f"rspauth={digest(':' + said['digest-uri'])}".encode()))
        return talk.hear() == b"\r\n"

    def _message(self, talk: Talk, seen: Seen) -> None:
        self._say(talk, self.peer.data)
        if self.peer.data.startswith(b"354"):
            talk.hear_message()
            self._say(talk, self.peer.dot)
            seen.accepted = self.peer.dot.startswith(b"250")

    def _secure(self, talk: Talk, seen: Seen) -> None:
        if self.peer.context is not None:
            talk.context = self.peer.context
        talk.secure()
        seen.encrypted = True

    def _say(self, talk: Talk, words: bytes) -> None:
        talk.say(words + b"\r\n")
