"""What Java, OpenSSL, Python and curl say of truststores, certificates and handshakes -> the cause it names."""

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.reading import Reading, sign
from mailsetup_gui.smtp.events import Step

_STORE = r"(?:cacerts|\.jks|\.p12|\.pfx|\.pkcs12|trust-?store|key-?store)"
_TLS = Step.TLS

_STORES = (
    sign("trustanchors parameter must be non-empty", Cause.STORE_NO_ENTRIES, _TLS),
    sign(
        "keystore was tampered with | password was incorrect | failed to decrypt safe contents",
        Cause.STORE_PASSWORD,
        _TLS,
    ),
    sign(
        "invalid keystore format | unrecognized keystore format | derinputstream | not a keystore",
        Cause.STORE_NOT_A_STORE,
        _TLS,
    ),
    sign(
        f"permission denied~{_STORE}.{{0,200}}permission denied | accessdenied~accessdenied.{{0,400}}{_STORE}"
        " | integrity check failed | parsealgparameters failed",
        Cause.STORE_UNREADABLE,
        _TLS,
    ),
    sign(
        f"filenotfound~filenotfound.{{0,400}}{_STORE} | nosuchfile~nosuchfile.{{0,400}}{_STORE}",
        Cause.STORE_MISSING,
        _TLS,
        2,
    ),
    sign("problem accessing trust store | problem accessing truststore", Cause.STORE_PASSWORD, _TLS, 2),
    sign("error constructing implementation (algorithm: default", Cause.STORE_PASSWORD, _TLS, 2),
)
_CERTIFICATES = (
    sign(
        "certificateexpiredexception | certificate has expired | notafter: | certificate expired"
        " | (certificate_expired) | cert_has_expired",
        Cause.EXPIRED,
        _TLS,
    ),
    sign(
        "certificatenotyetvalidexception | certificate is not yet valid | notbefore:"
        " | (bad_certificate)~\\(bad_certificate\\).{0,200}validity check failed",
        Cause.NOT_YET_VALID,
        _TLS,
    ),
    sign("validity check failed | timestamp check failed", Cause.EXPIRED, _TLS, 2, Reading.DATES),
    sign(
        "no subject alternative | no name matching | verify identity of server | hostname mismatch"
        " | ip address mismatch | not match target host name | does not match the certificate"
        " | no alternative certificate subject name | doesn't match either of | doesn't match '",
        Cause.NAME_MISMATCH,
        _TLS,
    ),
    sign(
        "dh serverkeyexchange | dh key too small | dh_key_too_small | keysize limits | key too weak | ee key too small"
        " | ee_key_too_small | ca key too small | ca_key_too_small | rsa keys must be",
        Cause.WEAK_KEY,
        _TLS,
    ),
    sign(
        "algorithm constraints | md too weak | md_too_weak | digest algorithm too weak | disabled algorithm",
        Cause.WEAK_SIGNATURE,
        _TLS,
    ),
    sign(
        "extended key usage | keyusage does not allow | unsuitable certificate purpose"
        " | unsupported certificate purpose",
        Cause.NOT_FOR_SERVERS,
        _TLS,
    ),
    sign(
        "basic constraints | ca key usage | path length | pathlen | invalid ca certificate | is not a ca certificate"
        " | name constraints | permitted subtree | excluded subtree | unrecognized critical ext"
        " | unsupported critical ext",
        Cause.BAD_CA,
        _TLS,
    ),
    sign(
        "signature check failed | signature does not match | certificate signature failure", Cause.BAD_SIGNATURE, _TLS
    ),
    sign(
        "anchored by a distrusted | untrusted certificate: | distrusted legacy",
        Cause.UNTRUSTED_ROOT,
        _TLS,
        3,
        Reading.DISTRUSTED,
    ),
    sign("verify the first certificate | verify leaf signature | num=21", Cause.MISSING_INTERMEDIATE, _TLS),
    sign("signed~self.signed certificate in (?:the )?(?:certificate )?chain | num=19:", Cause.UNTRUSTED_ROOT, _TLS),
    sign("self-signed certificate | self signed certificate | num=18:", Cause.SELF_SIGNED, _TLS),
    sign(
        "unable to get local issuer | unable to get issuer | num=20:", Cause.UNTRUSTED_ROOT, _TLS, 2, Reading.ONE_ISSUER
    ),
    sign(
        "pkix | valid certification path | does not chain with any | suncertpathbuilder | no trusted certificate found",
        Cause.UNTRUSTED_ROOT,
        _TLS,
        2,
        Reading.PKIX,
    ),
    sign(
        "certificate_verify_failed | certificate verify failed | ssl certificate problem",
        Cause.UNTRUSTED_ROOT,
        _TLS,
        1,
        Reading.PKIX,
    ),
)
_HANDSHAKES = (
    sign(
        "starttls is required but | starttls extension not supported | didn't find starttls | starttls not supported"
        " | starttls not available | starttls not offered | starttls is not offered | requested ssl level failed"
        " | starttls denied",
        Cause.STARTTLS_NOT_OFFERED,
        Step.STARTTLS,
    ),
    sign("protocol version downgrade attack", Cause.INTERCEPTED, _TLS, 3, Reading.DOWNGRADE),
    sign(
        "alert: certificate_required | alert: bad_certificate | alert_certificate_required | alert certificate required"
        " | alert_bad_certificate | alert bad certificate | alert number 116 | alert number 42",
        Cause.TLS_CLIENT_CERTIFICATE,
        _TLS,
    ),
    sign(
        "unrecognized ssl message | wrong_version_number | wrong version number | record_layer_failure"
        " | record layer failure | packet length too long | packet_length_too_long | unsupported record version"
        " | not an ssl/tls record | :unknown protocol | unknown_protocol",
        Cause.TLS_ON_PLAIN_PORT,
        _TLS,
    ),
    sign(
        "no appropriate protocol | no_protocols_available | no protocols available | no protocols in common"
        " | no negotiable cipher suite | no_ciphers_available | no ciphers available",
        Cause.TLS_VERSION,
        _TLS,
        3,
        Reading.PINNED,
    ),
    sign(
        "alert: protocol_version | alert: illegal_parameter | alert: inappropriate_fallback"
        " | not accepted by client preferences | alert_protocol_version | alert protocol version | unsupported_protocol"
        " | unsupported protocol | alert number 70 | alert number 86 | alert_illegal_parameter",
        Cause.TLS_VERSION,
        _TLS,
    ),
    sign(
        "alert: handshake_failure | alert: insufficient_security | alert_handshake_failure | alert handshake failure"
        " | no cipher suites in common | no_shared_cipher | no shared cipher | alert number 40 | alert number 71"
        " | alert_insufficient_security | sslv3 alert handshake | handshake_failure on | no available cipher",
        Cause.TLS_CIPHER,
        _TLS,
        3,
        Reading.HANDSHAKE,
    ),
    sign(
        "terminated the handshake | during handshake | ssl peer shut down | unexpected_eof | unexpected eof"
        " | eof occurred in violation | ssl_error_syscall | ssl_connect: connection reset",
        Cause.TLS_CLOSED,
        _TLS,
    ),
    sign("handshake operation timed out | handshake timed out | ssl connection timeout", Cause.TLS_SILENT, _TLS),
    sign(
        "fatal alert: | tlsv1_alert_ | sslv3_alert_ | tlsv1_unrecognized_name | alert number | sslhandshakeexception"
        " | sslerror",
        Cause.TLS_BROKEN,
        _TLS,
        2,
    ),
    sign("could not convert socket to tls | sslexception", Cause.TLS_BROKEN, _TLS, 1, Reading.TLS_ONLY),
)

TLS_SIGNS = (*_STORES, *_CERTIFICATES, *_HANDSHAKES)
