"""Small corpora in the layouts that their authors publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LGL = """<?xml version="1.0" encoding="UTF-8"?>
<articles>
  <article docid="901">
    <feedid>1</feedid>
    <title>Flood in Tripoli</title>
    <domain>example.org</domain>
    <url>http://example.org/1</url>
    <text>Rain fell on Tripoli &amp; Sidon.</text>
    <toponyms>
      <toponym>
        <start>13</start><end>20</end><phrase>Tripoli</phrase>
        <gaztag geonameid="266826"><name>Tripoli</name><fclass>P</fclass><fcode>PPLA</fcode>
          <lat>34.43352</lat><lon>35.84415</lon><country>LB</country></gaztag>
      </toponym>
      <toponym><start>23</start><end>28</end><phrase>Sidon</phrase></toponym>
    </toponyms>
  </article>
</articles>
"""

GEOWEBNEWS = """<?xml version="1.0" ?>
<articles>
  <!--a comment-->
  <article>
    <text>Beirut buried its dead; French citizens left.</text>
    <toponyms>
      <toponym>
        <extractedName>French</extractedName><normalisedName>France</normalisedName>
        <type>Non_Literal_Modifier</type><modifierType>Adjective</modifierType>
        <nonLocational>No</nonLocational><start>24</start><end>30</end>
        <geonamesID>3017382</geonamesID><latitude>46.0</latitude><longitude>2.0</longitude>
      </toponym>
      <toponym>
        <extractedName>Beirut</extractedName><normalisedName/>
        <type>Literal</type><modifierType/>
        <nonLocational>No</nonLocational><start>0</start><end>6</end>
        <geonamesID/><latitude>33.89</latitude><longitude>35.5</longitude>
      </toponym>
      <toponym>
        <extractedName>citizens</extractedName><normalisedName/>
        <type>Non_Lit_Expression</type><modifierType/>
        <nonLocational>Yes</nonLocational><start>31</start><end>39</end>
      </toponym>
    </toponyms>
  </article>
</articles>
"""

CONLL = """-DOCSTART- -X- O O

They O
reached O
Deir B-LOC
ez-Zor I-LOC
. O

قال O
مراسلنا O
في O
حلب B-GPE

-DOCSTART- -X- O O

Homs I-LOC
Hama B-LOC
Haddad B-PER
"""


@pytest.fixture
def lgl(tmp_path: Path) -> Path:
    path = tmp_path / "lgl.xml"
    path.write_text(LGL, "utf-8")
    return path


@pytest.fixture
def geowebnews(tmp_path: Path) -> Path:
    path = tmp_path / "GWN.xml"
    path.write_text(GEOWEBNEWS, "utf-8")
    return path


@pytest.fixture
def conll(tmp_path: Path) -> Path:
    path = tmp_path / "test.conll"
    path.write_text(CONLL, "utf-8")
    return path
