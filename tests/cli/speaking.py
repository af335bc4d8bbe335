"""Many commands in one process, for tests that want the words of all: [[word, ...], ...] as JSON on standard input,
[[code, what was said], ...] on standard output. Not a test."""

from __future__ import annotations

import contextlib
import io
import json
import sys

from mailsetup_gui import cli


def main() -> None:
    said: list[tuple[int, str]] = []
    commands = json.load(sys.stdin)
    sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for words in commands:
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            try:
                code = cli.main(words)
            except SystemExit as error:
                code = int(error.code or 0)
        said.append((code, heard.getvalue()))
    print(json.dumps(said))


if __name__ == "__main__":
    main()
