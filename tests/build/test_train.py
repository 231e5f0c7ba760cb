"""Training on small invented corpora."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.build.train import _label, train, without_clitics
from geo.build.training_text import Text
from geo.errors import GeoError
from geo.gazetteer import Gazetteer
from geo.recognize.evidence import COLUMNS
from geo.recognize.reader import Reader
from geo.recognize.weighing import load_model, shipped_model

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = [
    Text("وصلت القافلة إلى حلب صباحا", ((17, 20),)),
    Text("وصلت القافلة بحمص صباحا", ((13, 17),)),
    Text("قالت الوكالة إن التحالف أصدر بيانا", ()),
]

LATIN = [Text("He moved to Aleppo soon", ((12, 18),)), Text("They may say so by mobile", ())]


def test_clitics_are_taken_out_of_gold_spans() -> None:
    [_, text, _] = without_clitics(Reader(Gazetteer.open()), SENTENCES)
    assert [text.text[start:end] for start, end in text.spans] == ["حمص"]


def test_a_hit_is_right_wrong_or_left_out() -> None:
    spans = [(10, 15)]
    assert _label(spans, 10, 15, 0) == 1
    assert _label(spans, 11, 15, 1) == 1
    assert _label(spans, 11, 15, 0) == -1
    assert _label(spans, 8, 15, 0) == -1
    assert _label(spans, 15, 18, 0) == 0


def test_weights_learn_which_evidence_tells_places_from_words() -> None:
    model = train([SENTENCES * 20, LATIN * 20], Gazetteer.open())
    assert model.weights[0, 0, COLUMNS.index("the word before is a word of place")] > 0
    assert model.weights[0, 1, COLUMNS.index("written with a capital")] > 0
    assert (np.diff(model.usage.keys.astype(float)) >= 0).all()
    assert model.usage.place.sum() > 0
    assert model.usage.word.sum() > 0


def test_a_name_in_a_longer_hashtag_says_nothing_of_how_the_name_is_used() -> None:
    posts = [Text("غرقت الشوارع #أمطار_الكويت", ()), Text("وصل إلى #الكويت", ((9, 15),))]
    gazetteer = Gazetteer.open()
    model = train([SENTENCES * 20, posts * 20, LATIN * 20], gazetteer)
    name = Reader(gazetteer).read(["الكويت"]).name_keys
    place, word = model.usage.counts(name)
    assert (place.tolist(), word.tolist()) == ([20], [0])


def test_a_model_of_an_older_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    shipped_model().save(path, trained_on=[])
    with np.load(path.with_suffix(".npz")) as arrays:
        older = {name: array for name, array in arrays.items() if not name.startswith("trees_")}
    np.savez_compressed(path.with_suffix(".npz"), **older)
    with pytest.raises(GeoError, match=r"weights\.json: made for another version"):
        load_model(path)


@pytest.mark.parametrize("change", ["fewer", "reordered"])
def test_a_model_of_other_columns_is_refused(change: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    shipped_model().save(path, trained_on=[])
    told = json.loads(path.read_text("utf-8"))
    for look in told["weights"]:
        for script, columns in look.items():
            rows = list(columns.items())
            look[script] = dict(rows[1:] if change == "fewer" else rows[::-1])
    path.write_text(json.dumps(told), "utf-8")
    with pytest.raises(GeoError, match="made for another version"):
        load_model(path)


def test_a_saved_model_is_read_back_as_it_was(tmp_path: Path) -> None:
    model = shipped_model()
    model.save(tmp_path / "weights.json", trained_on=[])
    again = load_model(tmp_path / "weights.json")
    for name, array in model.trees.arrays().items():
        assert np.array_equal(array, again.trees.arrays()[name])
    assert np.allclose(again.weights, model.weights, atol=1e-3)
    assert np.array_equal(again.lexical, model.lexical)
    assert np.array_equal(again.usage.keys, model.usage.keys)
