"""Bounces as Postfix, Exim, Sendmail, qmail, Exchange and Gmail write them. Not a test."""

from pathlib import Path

_BLOCKS = Path(__file__).with_name("returned.txt").read_text(encoding="utf-8").split("=== ")[1:]
BOUNCES = {
    head.split("|")[0]: (head.split("|")[1], text) for head, _, text in (block.partition("\n") for block in _BLOCKS)
}
"""Name: (id of the cause, the text)"""
