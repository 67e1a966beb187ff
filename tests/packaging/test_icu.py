"""ICU's data survives being taken apart and put together, and only what nothing reads is left out."""

import ctypes
import shutil
import struct
import sys
from pathlib import Path

import icu
import pytest

HEADER = (
    struct.pack("<H", 32) + b"\xda\x27" + struct.pack("<HHBBBB", 20, 0, 0, 0, 2, 0) + b"CmnD" + bytes([1, 0, 0, 0])
).ljust(32, b"\0")
ITEMS = {"icudt73l/coll/de.res": b"order" * 5, "icudt73l/curr/de.res": b"euro", "icudt73l/root.res": b"root" * 4}


def test_packed_data_is_unpacked_to_the_same_items_aligned_and_sorted() -> None:
    data = icu.pack(HEADER, dict(reversed(ITEMS.items())))
    header, items = icu.unpack(data)
    assert header == HEADER
    assert list(items) == sorted(ITEMS)
    for name, item in ITEMS.items():
        assert items[name].rstrip(b"\0") == item
        assert data.index(item) % 16 == 0
    assert icu.pack(header, items) == data


@pytest.mark.parametrize("data", [b"", b"\0" * 64, HEADER.replace(b"CmnD", b"ResB"), HEADER[:8] + b"\1" + HEADER[9:]])
def test_what_is_no_data_of_icu_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no data file of ICU"):
        icu.unpack(data)


@pytest.mark.parametrize(
    ("item", "stays"),
    [
        ("icudt73l/coll/zh.res", True), ("icudt73l/coll/ucadata.icu", True), ("icudt73l/root.res", True),
        ("icudt73l/pool.res", True), ("icudt73l/nfkc.nrm", True), ("icudt73l/supplementalData.res", True),
        ("icudt73l/de_AT.res", False), ("icudt73l/brkitr/cjdict.dict", False), ("icudt73l/ibm-37_P100-1995.cnv", False),
        ("icudt73l/zone/de.res", False), ("icudt73l/rfc3491.spp", False),
    ],
)  # fmt: skip
def test_the_order_of_words_stays_and_names_of_things_go(item: str, stays: bool) -> None:
    assert icu.is_wanted(item) == stays


@pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, ("as", "ld", "objdump"))),
    reason="needs the tools of ELF files",
)
def test_a_library_is_made_that_has_the_wanted_items_under_the_old_name(tmp_path: Path) -> None:
    whole = tmp_path / "libicudata.so.73"
    data = tmp_path / "whole.dat"
    data.write_bytes(icu.pack(HEADER, ITEMS))
    # A library as Qt brings it: one constant.
    icu.link(data, "icudt73_dat", whole)
    made = icu.trim_library(whole, tmp_path / "trimmed")
    assert made.name == whole.name
    wanted = icu.pack(HEADER, {name: item for name, item in ITEMS.items() if "curr" not in name})
    constant = (ctypes.c_ubyte * len(wanted)).in_dll(ctypes.CDLL(str(made)), "icudt73_dat")
    _, items = icu.unpack(bytes(constant))
    assert {name: item.rstrip(b"\0") for name, item in items.items()} == {
        name: item for name, item in ITEMS.items() if "curr" not in name
    }


def test_another_library_is_refused(tmp_path: Path) -> None:
    if shutil.which("objdump") is None:
        pytest.skip("needs objdump")
    with pytest.raises(ValueError, match="not ICU's library"):
        icu.trim_library(Path(sys.modules["_ctypes"].__file__ or ""), tmp_path)
