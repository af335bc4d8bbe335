"""The predicted verdict against the verdict of Java's own trust manager, on every JVM that is there."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.judging import release
from mailsetup_gui.trust.path import Anchors, judge
from mailsetup_gui.trust.verdict import Reason
from tests.java import jvms
from tests.java.jvms import needed
from tests.trust import forged, matrix, oracle, worlds
from tests.trust.forged import NOW, Wanted
from tests.trust.worlds import World

JVMS = [pytest.param(runtime, id=f"Java {runtime.version}") for runtime in jvms.every()]
NAMES = [forged.name(f"N{number}") for number in range(6)]
ROOT = forged.certificate(Wanted(NAMES[5], NAMES[5], "p256-r", "p256-r", (forged.basic(),)))
LEAF = forged.certificate(Wanted(forged.name("leaf"), NAMES[0], "p256-a", "p256-x0"))


def differing(runtime: Runtime, cases: list[World]) -> list[str]:
    """Where the two verdicts differ, ready to be looked into."""
    found = []
    for world, answer in zip(cases, oracle.asked(runtime.java, cases), strict=True):
        verdict = judge(world.chain, Anchors(world.anchors), time.time(), release(runtime.version))
        if verdict.accepted != (answer == "accepted"):
            found.append(f"{answer}\n  predicted {verdict.reason} {verdict.message}\n  {world}")
    return found


@pytest.mark.parametrize("version", jvms.WANTED)
def test_every_java_is_there_to_be_asked(version: int) -> None:
    assert needed(version).java


@pytest.mark.parametrize("runtime", JVMS)
def test_of_random_chains_the_prediction_is_what_java_says(runtime: Runtime) -> None:
    seed = random.randrange(10**9)
    chance = random.Random(seed)

    cases = [world for world in (worlds.world(chance) for _ in range(700)) if not worlds.is_a_lottery(world)]

    assert differing(runtime, cases) == [], f"seed {seed}"


@pytest.mark.parametrize("runtime", JVMS)
def test_of_everything_sent_and_everything_imported_the_prediction_is_what_java_says(runtime: Runtime) -> None:
    pairs = matrix.pairs()

    assert len(pairs) >= 200
    assert differing(runtime, [pair.world for pair in pairs]) == []


def test_java_is_quoted_word_for_word() -> None:
    chance = random.Random(17)
    cases = [world for world in (worlds.world(chance) for _ in range(600)) if not worlds.is_a_lottery(world)]

    said = oracle.asked(needed(17).java, cases)
    java = release(needed(17).version)
    predicted = [judge(world.chain, Anchors(world.anchors), time.time(), java).message for world in cases]
    quoted = [answer.partition(": ")[2].strip() == words for answer, words in zip(said, predicted, strict=True)]

    assert sum(quoted) >= 0.99 * len(quoted)


def test_no_anchors_at_all_are_named_before_anything_else() -> None:
    assert judge([LEAF], Anchors([]), NOW).reason is Reason.NO_ANCHORS


def test_nothing_sent_is_a_verdict() -> None:
    assert judge([], Anchors([ROOT]), NOW).reason is Reason.NO_CHAIN


def test_what_is_no_certificate_is_a_verdict() -> None:
    assert judge([b"\x30\x00"], Anchors([ROOT]), NOW).reason is Reason.UNREADABLE


def many_cas() -> list[bytes]:
    keys = [f"p256-x{number}" for number in range(10)]
    return [
        forged.certificate(Wanted(NAMES[layer], NAMES[layer + 1], keys[n], keys[(n + 1) % 10], (forged.basic(),)))
        for layer in range(5)
        for n in range(10)
    ]


def cycle() -> list[bytes]:
    keys = [f"p256-x{number}" for number in range(10)]
    turns = [(0, 1), (1, 0)]
    return [
        forged.certificate(Wanted(NAMES[a], NAMES[b], k, keys[1], (forged.basic(),))) for a, b in turns for k in keys
    ]


def one_name() -> list[bytes]:
    keys = [f"p256-x{number}" for number in range(30)]
    return [forged.certificate(Wanted(NAMES[0], NAMES[0], k, "p256-x1", (forged.basic(),))) for k in keys]


def constrained(trees: tuple[bytes, ...], names: tuple[bytes, ...]) -> list[bytes]:
    limits = forged.limits(permitted=trees)
    middle = forged.certificate(Wanted(NAMES[0], NAMES[5], "p256-x0", "p256-r", (forged.basic(), limits)))
    leaf = Wanted(forged.name("leaf"), NAMES[0], "p256-a", "p256-x0", (forged.names(*names),))
    return [forged.certificate(leaf), middle]


HOSTS = tuple(forged.dns(f"h{number}.example.test") for number in range(2000))
ADDRESSES = tuple(forged.address(bytes((10, n // 256, n % 256, 1))) for n in range(2000))
NETWORKS = tuple(forged.address(bytes((10, n // 256, n % 256, 0, 255, 255, 255, 0))) for n in range(2000))
PLACES = tuple(forged.uri(f"smtp://h{number}.example.test/") for number in range(2000))
URI_HOSTS = tuple(forged.uri(f"h{number}.example.test") for number in range(2000))


@pytest.mark.parametrize(
    "chain",
    [
        [LEAF, *many_cas()],
        [LEAF, *cycle()],
        [LEAF, *one_name()],
        [LEAF, *one_name(), *many_cas()],
        constrained(HOSTS, HOSTS),
        constrained(NETWORKS, ADDRESSES),
        constrained(URI_HOSTS, PLACES),
    ],
    ids=["layers of CAs", "a cycle", "one name, many keys", "both", "names", "addresses", "URIs"],
)
@pytest.mark.parametrize("java", [(11, 13), (17, 21)], ids=["Java 11", "Java 17"])
def test_every_search_ends(chain: list[bytes], java: tuple[int, int]) -> None:
    began = time.process_time()

    judge(chain, Anchors([ROOT]), NOW, java)

    assert time.process_time() - began < 5, "the bar is 1 s; a machine may be slow, a search without end is not"


def test_the_moment_is_the_callers() -> None:
    old = forged.certificate(Wanted(NAMES[0], NAMES[5], "p256-a", "p256-r", begins=NOW - 900, ends=NOW - 300))

    assert judge([old], Anchors([ROOT]), NOW).reason is Reason.EXPIRED
    assert judge([old], Anchors([ROOT]), NOW - 600).accepted
    assert judge([old], Anchors([ROOT]), NOW - 1000).reason is Reason.NOT_YET_VALID


def test_sha1_is_refused_below_a_ca_that_the_jdk_brought_and_only_there() -> None:
    leaf = forged.certificate(Wanted(NAMES[0], NAMES[5], "p256-a", "p256-r", digest="SHA1"))

    assert judge([leaf], Anchors([ROOT]), NOW).accepted
    assert judge([leaf], Anchors([ROOT], frozenset([ROOT])), NOW).reason is Reason.WEAK_SIGNATURE


_SUBTREES = ("example.test", ".example.test", "mail.example.test", "x.y.example.test", "EXAMPLE.test", "*.example.test")
_NAMED = ("mail.example.test", "*.example.test", "*.test", "*.mail.example.test", "MAIL.EXAMPLE.test", "other.test")


@pytest.mark.parametrize("runtime", JVMS)
def test_of_every_dns_name_below_every_dns_subtree_the_prediction_is_what_java_says(runtime: Runtime) -> None:
    cases = []
    for tree, name, permitted in itertools.product(_SUBTREES, _NAMED, (True, False)):
        trees = (forged.dns(tree),)
        limits = forged.limits(permitted=trees) if permitted else forged.limits(excluded=trees)
        ca = forged.certificate(Wanted(NAMES[0], NAMES[5], "p256-a", "p256-r", (forged.basic(), limits)))
        named = (forged.names(forged.dns(name)),)
        leaf = forged.certificate(Wanted(forged.name("leaf"), NAMES[0], "p256-b", "p256-a", named))
        cases.append(World((leaf, ca), (ROOT,)))

    assert differing(runtime, cases) == []
