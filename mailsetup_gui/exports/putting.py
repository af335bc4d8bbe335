"""A script for sh and curl that PUTs a JSON document, asks for it again and shows it. No secret becomes an argument."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from mailsetup_gui.exports.quoting import comment, shell


class Put(NamedTuple):
    """`document`: without its password; `expected`: what of it has to come back. `prefix`: of the variables' names."""

    product: str
    prefix: str
    path: str
    document: Mapping[str, Any]
    needs_password: bool
    expected: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def script(put: Put) -> str:
    parts = {
        "remarks": comment(*put.remarks).rstrip(),
        "product": put.product,
        "prefix": put.prefix,
        "path": shell(put.path),
        "settings": shell(json.dumps(put.document, indent=2).removesuffix("}").rstrip()),
        "expected": " ".join(shell(_compact(key, put.document[key])) for key in put.expected),
    }
    words = _SCRIPT.replace("@password@", _SIGNED_IN if put.needs_password else _ANONYMOUS)
    return re.sub("@([a-z]+)@", lambda place: parts[place[1]], words)


def _compact(key: str, value: object) -> str:
    return json.dumps({key: value}, separators=(",", ":"))[1:-1]


_SIGNED_IN = """\
wanted SMTP_PASSWORD 'Password of the mail account' hidden
body="$settings, \\"password\\": \\"$(quoted "$SMTP_PASSWORD")\\"}"
"""
_ANONYMOUS = """\
body="$settings}"
"""
_SCRIPT = r"""#!/bin/sh
# The outgoing mail server of @product@: stores it, asks for it again and shows it.
#
# Variables, asked for where they are not set: @prefix@_URL (https://host/context), @prefix@_USER, @prefix@_PASSWORD
# and, where mail is signed in, SMTP_PASSWORD. Secrets go to curl by its standard input, never as an argument.
# Needs curl 7.76 or newer. No redirect is followed.
@remarks@
set -eu
LC_ALL=C
export LC_ALL

settings=@settings@

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# wanted NAME QUESTION [hidden]: the variable, or what is typed.
wanted() {
    eval "value=\${$1:-}"
    if [ -z "$value" ]; then
        [ -t 0 ] || fail "$1 is not set."
        printf '%s: ' "$2" >&2
        [ "${3:-}" = '' ] || { trap 'stty echo' EXIT; trap 'exit 130' INT TERM; stty -echo; }
        IFS= read -r value
        [ "${3:-}" = '' ] || { stty echo; trap - EXIT INT TERM; printf '\n' >&2; }
    fi
    [ "$(printf '%s' "$value" | tr -d '\000-\037\177')" = "$value" ] || fail "$1 has a control character in it."
    eval "$1=\$value"
}

# For a string of JSON, and again for one of curl's configuration.
quoted() {
    printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# request METHOD [BODY]: the answer's body, only where its status is 200 or 204.
request() {
    answer=$({
        printf 'url = "%s"\nuser = "%s:%s"\nrequest = "%s"\n' "$(quoted "$url")" \
            "$(quoted "$@prefix@_USER")" "$(quoted "$@prefix@_PASSWORD")" "$1"
        [ "$#" -lt 2 ] || printf 'data = "%s"\n' "$(quoted "$(printf '%s' "$2" | tr '\n' ' ')")"
    } | curl --silent --show-error --fail-with-body --max-redirs 0 --max-time 60 --proto '=http,https' \
        --header 'Content-Type: application/json' --header 'Accept: application/json' \
        --write-out '\n%{http_code}' --config -) || {
        printf '%s\n' "$answer" >&2
        fail "$1 did not succeed. What is stored now is not known."
    }
    status=${answer##*"$newline"}
    answer=${answer%"$newline"*}
    case $status in
    200 | 204) ;;
    *) fail "$1 was answered with $status, which is no answer of @product@'s REST API. Is the address right?" ;;
    esac
}
newline='
'

wanted @prefix@_URL 'Address of @product@'
case $@prefix@_URL in
https://* | http://localhost | http://localhost[:/]* | http://127.0.0.1 | http://127.0.0.1[:/]*) ;;
*) fail '@prefix@_URL does not begin with https://: both passwords would cross the network in clear text.' ;;
esac
case $@prefix@_URL in
*@*) fail '@prefix@_URL has a user in it. Give it as @prefix@_USER.' ;;
esac
url=${@prefix@_URL%/}@path@
wanted @prefix@_USER 'Administrator'
wanted @prefix@_PASSWORD 'Password of the administrator' hidden
@password@
request PUT "$body"
request GET
printf '%s\n' "$answer" | sed -E 's/("password" *: *")([^"\\]|\\.)*"/\1****"/g'

# An answer of 200 alone proves nothing: it is compared with what was sent.
stored=$(printf '%s' "$answer" | tr '\n' ' ' | sed -E 's/" *: */":/g; s/ *([,}])/\1/g')
for one in @expected@; do
    case $stored in
    *"$one"[,}]*) ;;
    *) fail "NOT stored as sent: $one is missing above. Look at @product@'s own form before mail is sent." ;;
    esac
done
printf '%s\n' '@product@ has stored it.' >&2
"""
