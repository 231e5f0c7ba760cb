"""The page's scripts are files of one scope: held together they must name nothing unknown."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from geo.maps.assets import layer_scripts, scripts

OXLINT = Path(sys.executable).with_name("oxlint")
CONFIG = {
    "env": {"browser": True, "es2024": True},
    "globals": {"L": "readonly"},
    "categories": {"correctness": "off"},
}
PAGE = scripts()[scripts().rindex("const mawaqi = ") :] + "\nmawaqi();\n"
LAYER = layer_scripts() + "\nmawaqiLayer();\n"

pytestmark = pytest.mark.skipif(not OXLINT.exists(), reason="oxlint is in the extra 'check'")


def complaints(script: str, rules: dict[str, str], folder: Path) -> str:
    (folder / "config.json").write_text(json.dumps(CONFIG | {"rules": rules}), "utf-8")
    (folder / "page.js").write_text(script, "utf-8")
    command = [str(OXLINT), "-c", "config.json", "-f", "unix", "page.js"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_page_names_only_what_it_declares_and_uses_all_of_it(tmp_path: Path) -> None:
    rules = {"no-undef": "error", "no-unused-vars": "error", "no-redeclare": "error"}
    assert complaints(PAGE, rules, tmp_path) == ""


def test_a_layer_takes_every_file_that_it_needs(tmp_path: Path) -> None:
    assert complaints(LAYER, {"no-undef": "error"}, tmp_path) == ""


def test_what_nobody_declares_is_found(tmp_path: Path) -> None:
    assert "missing" in complaints("missing();", {"no-undef": "error"}, tmp_path)
