"""Logistic regression over columns with a name and the hashed words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["fit_logistic"]


def fit_logistic(
    plain: NDArray[np.floating[Any]],
    words: NDArray[np.int64],
    truth: NDArray[np.generic],
    *,
    buckets: int,
    strength: float,
) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]:
    """Return the weights of the columns and of the buckets, 0 for the last, which stands for none.

    ``plain`` has the shape (examples, columns), ``words`` the bucket of each slot, (examples,
    slots); ``strength`` is the inverse of the L2 penalty.
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    rows = np.repeat(np.arange(len(words)), words.shape[1])
    hashed = csr_matrix(
        (np.ones(words.size, plain.dtype), (rows, words.ravel())), shape=(len(words), buckets)
    )[:, :-1]
    model = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False)
    model.fit(hstack([csr_matrix(plain), hashed], format="csr"), truth)
    learned, columns = model.coef_[0], plain.shape[1]
    return learned[:columns], np.append(learned[columns:], learned.dtype.type(0))
