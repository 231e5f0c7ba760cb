"""What the tables of the commands say."""

from __future__ import annotations

from geo.cli.tables import explanation


def test_explain_tells_what_else_the_row_of_a_place_knows(capsys):
    site = {
        "text": "Sabha",
        "name": "Sabha",
        "name_ar": None,
        "kind": "settlement",
        "country": "SY",
        "confidence": 0.5,
        "use": "literal",
        "why": ["importance"],
        "alternatives": [],
        "details": {"surveyed": "2024\x1b[31m"},
    }
    explanation({"id": "1", "sites": [site], "unplaced": [], "rejected": []})
    printed = " ".join(capsys.readouterr().out.split())
    assert "importance; surveyed: 2024" in printed
    assert "\x1b" not in printed
