"""An experiment as one line of text: it comes back whole, or a sentence says why it does not."""

import base64
import tracemalloc
import zlib
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.experiment.files import load_experiment
from nnviz.experiment.line_dictionary import DICTIONARY
from nnviz.experiment.line_text import MAX_LINE, from_line, holds_line, to_line
from nnviz.experiment.specification import DataSpec, DrawnPoint, Experiment, LayerSpec, NetworkSpec, replace
from nnviz.resources import resource

PRESETS = sorted(resource("presets").glob("*.nnviz"))
GOLDEN = "nnviz1:katwZCMuI6cD65vUPNzZ2RxLbobXw8MjM8Magkbg3oQpoiVIWi43xl4dw6pr09HsNayyFwA:"


def _line_of(content: bytes) -> str:
    """A line with a right checksum around any content, as someone could make it by hand."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=DICTIONARY)
    return _wrapped(compressor.compress(content) + compressor.flush())


def _wrapped(packed: bytes) -> str:
    payload = zlib.crc32(packed).to_bytes(4, "big") + packed
    return f"nnviz1:{base64.urlsafe_b64encode(payload).decode().rstrip('=')}:"


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_shipped_experiment_comes_back_from_its_line(path: Path) -> None:
    spec = load_experiment(path)
    assert from_line(to_line(spec)) == spec


@given(st.text(max_size=200).filter(lambda text: text.isprintable()), st.integers(0, 2**31 - 1))
def test_any_name_and_seed_come_back(name: str, seed: int) -> None:
    spec = Experiment(name=name, seed=seed)
    assert from_line(to_line(spec)) == spec


def test_a_line_of_today_reads_the_same_in_years() -> None:
    """Every setting is in it: neither other defaults nor a better compressor may change what an old line says."""
    spec = from_line(GOLDEN)
    assert spec == Experiment(
        name="golden",
        seed=7,
        data=DataSpec(source="drawn", added=(DrawnPoint((0.25, -1.5), 1.0),)),
        network=NetworkSpec(hidden=(LayerSpec(units=3, activation="elu", alpha=0.5),)),
    )


def test_a_line_is_short_and_has_only_letters_that_survive() -> None:
    line = to_line(Experiment())
    assert len(line) < 60
    assert line.isascii()
    assert not set(line) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:")


@pytest.mark.parametrize("gap", ["\n", " ", "\r\n", "\u00a0", "\u200b", "\u00ad", "\ufeff", "\t"])
def test_blanks_and_line_ends_that_a_chat_puts_in_do_no_harm(gap: str) -> None:
    spec = load_experiment(PRESETS[0])
    line = to_line(spec)
    assert from_line(gap.join(line[start : start + 20] for start in range(0, len(line), 20))) == spec
    assert from_line(f"{gap}{line}{gap}") == spec


def test_the_line_is_found_in_a_message() -> None:
    spec = load_experiment(PRESETS[0])
    assert from_line(f"Look at this: `{to_line(spec)}` (it takes a minute)\nCheers") == spec


def test_every_changed_lost_or_swapped_letter_is_noticed() -> None:
    line = to_line(load_experiment(PRESETS[0]))
    for place in range(len("nnviz1:"), len(line) - 1):
        other = "A" if line[place] != "A" else "B"
        swapped = line[:place] + line[place + 1] + line[place] + line[place + 2 :]
        for mangled in (line[:place] + other + line[place + 1 :], line[:place] + line[place + 1 :], swapped):
            if mangled == line:
                continue
            with pytest.raises(ValueError, match=r"not as it was written|cut off"):
                from_line(mangled)


def test_a_line_that_lost_its_end_says_so() -> None:
    line = to_line(Experiment())
    with pytest.raises(ValueError, match="cut off: its last colon is missing"):
        from_line(line[:-1])


@pytest.mark.parametrize("text", ["", "hello", "nnviz:abc:", "https://example.org", "nnviz 1 abc"])
def test_a_text_without_an_experiment_says_how_one_begins(text: str) -> None:
    with pytest.raises(ValueError, match="holds no experiment; its line begins with nnviz1:"):
        from_line(text)


def test_a_newer_and_an_unknown_version_are_told_apart() -> None:
    payload = to_line(Experiment()).removeprefix("nnviz1:")
    with pytest.raises(ValueError, match="newer nnviz; this one reads nnviz1:"):
        from_line(f"nnviz2:{payload}")
    with pytest.raises(ValueError, match="which no nnviz writes"):
        from_line(f"nnviz0:{payload}")


def test_what_stands_in_it_is_checked_like_a_file() -> None:
    with pytest.raises(ValueError, match=r"^the text: seed: "):
        from_line(_line_of(b'{"format":"nnviz","version":1,"seed":-1}'))
    with pytest.raises(ValueError, match="no valid JSON"):
        from_line(_line_of(b"{"))


def test_what_is_no_compressed_text_is_refused_in_spite_of_its_checksum() -> None:
    with pytest.raises(ValueError, match="not as it was written"):
        from_line("nnviz1:é+/:")
    for packed in (b"", b"\xff" * 40, zlib.compress(b"{}")):
        with pytest.raises(ValueError, match="not as it was written"):
            from_line(_wrapped(packed))


def test_a_small_text_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    line = _line_of(b"0" * 100_000_000)
    assert len(line) < MAX_LINE
    tracemalloc.start()
    with pytest.raises(ValueError, match="larger than 32 MiB"):
        from_line(line)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80 * 2**20


def test_a_text_far_too_long_is_not_looked_at() -> None:
    with pytest.raises(ValueError, match="far more than an experiment's line"):
        from_line("nnviz1:" + "A" * 1_000_000 + ":")


def test_an_experiment_too_big_for_a_line_says_to_save_it() -> None:
    places = numpy.random.default_rng(0).standard_normal((20_000, 2)).tolist()
    points = tuple(DrawnPoint((x1, x2), 1.0) for x1, x2 in places)
    spec = replace(Experiment(), data=DataSpec(source="drawn", added=points))
    with pytest.raises(ValueError, match=r"more than 200,000; save it as a file"):
        to_line(spec)


def test_a_text_in_which_a_line_begins_is_told_from_others() -> None:
    for text in (GOLDEN, f"look: {GOLDEN[:20]}", GOLDEN.replace("nnviz1:", "nnviz12:"), "nnv\u200biz1:x"):
        assert holds_line(text)
    for text in ("", "nnviz", "nnviz:", "x,y\n1,2\n"):
        assert not holds_line(text)
