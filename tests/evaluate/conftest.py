"""Small corpora in the layouts that their authors publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LGL = """<?xml version="1.0" encoding="utf-8"?>

<articles>
  <article docid="901">
    <feedid>1</feedid>
    <title>Flood in Tripoli</title>
    <domain>example.org</domain>
    <url>http://example.org/1</url>
    <dltime>2010-01-02 03:04:05.000006-05</dltime>
    <text><![CDATA[Rain fell on Tripoli & Sidon.]]></text>
    <toponyms count="2">
      <toponym>
        <start>13</start>
        <end>20</end>
        <phrase>Tripoli</phrase>
        <gaztag geonameid="266826">
          <name>Tripoli</name>
          <fclass>P</fclass>
          <fcode>PPLA</fcode>
          <lat>34.43352</lat>
          <lon>35.84415</lon>
          <country geonameid="272103">Lebanon</country>
          <admin1 geonameid="6201370">North Governorate</admin1>
        </gaztag>
      </toponym>
      <toponym>
        <start>23</start>
        <end>28</end>
        <phrase>Sidon</phrase>
      </toponym>
    </toponyms>
  </article>
  <article docid="902">
    <title>Nothing happened</title>
    <text><![CDATA[Nobody went anywhere.]]></text>
    <toponyms count="0"/>
  </article>
</articles>
"""

TRNEWS = """<?xml version="1.0" encoding="utf-8"?>

<articles xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:noNamespaceSchemaLocation="dataset.xsd">
    <article docid="2040001">
        <title>Turkish mill
            burns again
        </title>
        <url>
            http://example.org/2
        </url>
        <domain>www.example.org</domain>
        <dltime>2017-01-02</dltime>
        <text><![CDATA[A Turkish mill burned.
Firemen came from Ankara.]]></text>
        <toponyms>
            <toponym>
                <phrase>Turkish</phrase>
                <start>2</start>
                <end>9</end>
                <gaztag geonameid="298795">
                    <name>Turkey</name>
                    <fclass>A</fclass>
                    <fcode>PCLI</fcode>
                    <lat>39</lat>
                    <lon>35</lon>
                    <country geonameid="298795">Turkey</country>
                </gaztag>
            </toponym>
            <toponym>
                <phrase>Ankara</phrase>
                <start>41</start>
                <end>47</end>
                <gaztag geonameid="323786">
                    <name>Ankara</name>
                    <fclass>P</fclass>
                    <fcode>PPLC</fcode>
                    <lat>39.91987</lat>
                    <lon>32.85427</lon>
                    <country geonameid="298795">Turkey</country>
                    <admin1 geonameid="323784">Ankara</admin1>
                </gaztag>
            </toponym>
        </toponyms>
    </article>
</articles>
"""

_GEOWEBNEWS = """<?xml version="1.0" ?>
<articles>
\t<!--a comment on the data set-->
\t<article>
\t\t<text>Beirut buried its dead; French citizens left Jordan Street.</text>
\t\t<toponyms>
{toponyms}
\t\t</toponyms>
\t</article>
</articles>
"""

_TOPONYM = """\t\t\t<toponym>
\t\t\t\t<extractedName>{name}</extractedName>
\t\t\t\t<normalisedName/>
\t\t\t\t<type>{kind}</type>
\t\t\t\t<modifierType/>
\t\t\t\t<nonLocational>{outside}</nonLocational>
\t\t\t\t<start>{start}</start>
\t\t\t\t<end>{end}</end>{point}
\t\t\t</toponym>"""

_POINT = """
\t\t\t\t<geonamesID/>
\t\t\t\t<latitude>{}</latitude>
\t\t\t\t<longitude>{}</longitude>"""

_MARKED = (
    ("citizens", "Non_Lit_Expression", "Yes", 31, ""),
    ("French", "Non_Literal_Modifier", "No", 24, _POINT.format(46.0, 2.0)),
    ("Beirut", "Metonymic", "No", 0, _POINT.format(33.89, 35.5)),
    ("Jordan Street", "Literal", "No", 45, _POINT.format("", "")),
    ("Jordan", "Homonym", "No", 45, ""),
)

GEOWEBNEWS = _GEOWEBNEWS.format(
    toponyms="\n".join(
        _TOPONYM.format(
            name=name, kind=kind, outside=outside, start=start, end=start + len(name), point=point
        )
        for name, kind, outside, start, point in _MARKED
    )
)

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
def trnews(tmp_path: Path) -> Path:
    path = tmp_path / "TR-News.xml"
    path.write_text(TRNEWS, "utf-8")
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
