"""python -m benchmarks [--json] [--quick] [PART ...]: a table of ratios. No time is asserted; slow is no failure."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks import flood, packaged, processes, proof, stores, window, wire
from benchmarks.figures import HEADING, Compared, Skipped, facts, row


class Part(NamedTuple):
    title: str
    measure: Callable[[int], Iterator[Compared | Skipped]]
    rounds: int
    quick: int


PARTS = {
    "processes": Part("Whole process, one test mail over STARTTLS with sign-in", processes.compared, 21, 3),
    "wire": Part("Round trips on the wire, one test mail over STARTTLS with sign-in", wire.compared, 3, 1),
    "stores": Part("Whole process, 140 certificates into a copy of a JDK's cacerts", stores.compared, 15, 3),
    "proof": Part("A proof in a JVM beside its bare start", proof.compared, 11, 3),
    "window": Part("From process start to the screen, beside a bare PySide6 window", window.compared, 15, 3),
    "packaged": Part("From process start to the screen, packaged beside this checkout", packaged.compared, 15, 3),
    "flood": Part("Longest gap of the UI thread, beside the same window at rest", flood.compared, 5, 1),
}


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Ratios of paired, interleaved runs.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all when not given")
    parser.add_argument("--json", action="store_true", help="JSON Lines with every figure, instead of the table")
    parser.add_argument("--quick", action="store_true", help="few rounds: to see that it runs, not to be quoted")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    began = time.monotonic()
    measured = [_told(name, options.quick, options.json) for name in options.parts or PARTS]
    if not options.json:
        print("\nratio: the median of the ratios of the pairs; in brackets the middle half of them.")
        print(f"ours, other: medians. Measured in {time.monotonic() - began:.0f} s.")
    return 0 if all(measured) else 1


def _told(name: str, quick: bool, as_json: bool) -> bool:
    """Whether the part could be measured; what is wrong with one of its programs keeps no other part from running."""
    part = PARTS[name]
    if not as_json:
        print(f"\n{part.title}\n{HEADING}")
    try:
        for found in part.measure(part.quick if quick else part.rounds):
            print(json.dumps({"part": name, **facts(found)}) if as_json else row(found), flush=True)
    except RuntimeError as error:
        print(f"{name} cannot be measured: {error}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
