"""What a reader said holds in every later run, and only where it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.gazetteer.fixes import Fix, write_fixes
from geo.model import Article

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "The convoy left Raqqa for Tabqa. Homs Street was closed. "
    "Shelling was heard 20 km north of Raqqa, and in the village of Old Spring."
)
PIECES = st.sampled_from(
    ["Raqqa", "وبالرقة", "الرقة", "Raqqa camp", "20 km north of", "35.3, 40.1", "،", ". ", "=x"]
)


@pytest.fixture
def parse(tmp_path: Path) -> Any:
    """Parse a text under some fixes."""

    def parser(*fixes: Fix, text: str = TEXT, name: str = "a") -> geo.Parse:
        path = tmp_path / "fixes.csv"
        write_fixes(fixes, path)
        [parsed] = geo.parse([Article(id=name, text=text)], fixes=path)
        return parsed

    return parser


def at(parsed: geo.Parse, text: str) -> list[geo.Site]:
    return [site for site in parsed.sites if site.mention.text == text]


def test_a_place_of_ones_own_is_found_by_all_its_names(parse: Any) -> None:
    spring = Fix(
        action="add", text="Old Spring", name_ar="عين عتيقة", lat=36.1, lon=39.2, kind="camp"
    )
    text = "They met in OLD  SPRING. وصلوا إلى مخيم بعَين عتيقـة أمس"
    sites = parse(spring, text=text).sites
    assert [(site.mention.text, site.source) for site in sites] == [
        ("OLD  SPRING", "fix"),
        ("عَين عتيقـة", "fix"),
    ]
    place = sites[0].place
    assert (place.id, place.name, place.kind) == ("fix:36.10000,39.20000", "Old Spring", "camp")
    assert place.source == "fixes.csv, line 2"
    assert (sites[0].footprint.x, sites[0].confidence) == (39.2, 1.0)


def test_an_area_of_ones_own_is_drawn_as_an_area(parse: Any) -> None:
    fix = Fix(action="add", text="Old Spring", lat=36.1, lon=39.2, kind="region", radius_km=10)
    [site] = at(parse(fix), "Old Spring")
    assert site.footprint.area > 0


def test_an_alias_gives_a_known_place_another_name(parse: Any) -> None:
    [raqqa, _] = at(parse(), "Raqqa")
    [site] = at(
        parse(Fix(action="alias", text="old spring", place_id=raqqa.place.id)), "Old Spring"
    )
    assert site.place == raqqa.place
    assert site.footprint == raqqa.footprint
    assert (site.source, site.why) == ("fix", ("set by a fix",))


def test_a_suppressed_name_is_a_rejection_everywhere(parse: Any) -> None:
    parsed = parse(Fix(action="suppress", text="raqqa"))
    assert at(parsed, "Raqqa") == []
    told = [(one.mention.text, one.reason) for one in parsed.rejected]
    assert told.count(("Raqqa", "fix")) == 2
    assert not any(site.source == "relation" for site in parsed.sites), "nothing to hang on"


def test_a_fix_may_be_about_one_article_or_one_mention(parse: Any) -> None:
    second = TEXT.rindex("Raqqa")
    elsewhere = Fix(action="suppress", text="Raqqa", article="b")
    assert len(at(parse(elsewhere), "Raqqa")) == 2
    here = Fix(action="suppress", text="Raqqa", article="a", start=second, note="a film")
    parsed = parse(here)
    assert [site.mention.start for site in at(parsed, "Raqqa")] == [TEXT.index("Raqqa")]
    assert [one.reason for one in parsed.rejected if one.mention.start == second] == ["fix: a film"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("Raqqa", f"the nearest is at {TEXT.rindex('Raqqa')}"), ("Aleppo", "take the row out")],
)
def test_a_fix_whose_text_has_moved_is_reported_and_does_nothing(
    parse: Any, text: str, told: str
) -> None:
    moved = Fix(action="suppress", text=text, article="a", start=TEXT.rindex("Raqqa") - 1)
    with pytest.warns(geo.FixWarning) as caught:
        parsed = parse(moved)
    assert len(at(parsed, "Raqqa")) == 2
    [message] = [str(one.message) for one in caught]
    assert message.startswith("fixes.csv, line 2, column start: ")
    assert message.endswith(told)


def test_a_place_forced_to_a_point_that_nobody_has_checked_says_so(parse: Any) -> None:
    fix = Fix(action="force", text="Old Spring", place_id="qasrak")
    [site] = at(parse(fix), "Old Spring")
    assert site.why[-1] == f"the point is unverified: within {site.place.radius_km:g} km"


def test_a_forced_mention_keeps_what_stood_there_as_a_runner_up(parse: Any) -> None:
    before = at(parse(), "Tabqa")[0]
    [site] = at(parse(Fix(action="force", text="Tabqa", lat=10, lon=20, name="New")), "Tabqa")
    assert (site.place.name, site.place.lat, site.source) == ("New", 10.0, "fix")
    assert site.alternatives[0].place == before.place
    assert {other.confidence for other in site.alternatives} == {0.0}


def test_what_is_described_from_a_forced_place_moves_with_it(parse: Any) -> None:
    fix = Fix(action="force", text="Raqqa", lat=10, lon=20)
    [north] = [site for site in parse(fix).sites if site.source == "relation"]
    assert north.place.lat == pytest.approx(10.18, abs=0.05)


def test_a_description_can_be_suppressed_confirmed_and_forced_alone(parse: Any) -> None:
    [north] = [site for site in parse().sites if site.source == "relation"]
    where = {"text": north.mention.text, "article": "a", "start": north.mention.start}
    gone = parse(Fix(action="suppress", **where))
    assert len(at(gone, "Raqqa")) == 2
    assert not any(site.source == "relation" for site in gone.sites)
    sure = parse(
        Fix(action="confirm", place_id=north.place.id, lat=1, lon=1, note="was there", **where)
    )
    [site] = [site for site in sure.sites if site.source == "relation"]
    assert (site.confidence, site.footprint) == (1.0, north.footprint)
    assert site.why[:2] == ("confirmed by a fix", "was there")
    [forced] = at(parse(Fix(action="force", lat=1, lon=2, **where)), north.mention.text)
    assert (forced.source, forced.place.lat) == ("fix", 1.0)


def test_a_confirmed_site_is_certain_and_stays_where_it_was(parse: Any) -> None:
    before = at(parse(), "Tabqa")[0]
    fix = Fix(action="confirm", text="Tabqa", place_id=before.place.id)
    [site] = at(parse(fix), "Tabqa")
    assert (site.confidence, site.source) == (1.0, before.source)
    assert site.place == before.place
    other = Fix(action="confirm", text="Tabqa", place_id="gone:1", lat=10, lon=20)
    [site] = at(parse(other), "Tabqa")
    assert (site.source, site.place.id) == ("fix", "gone:1")


def test_a_confirmation_of_what_is_not_found_says_nothing(parse: Any) -> None:
    fix = Fix(action="confirm", text="Old Spring", place_id="x", lat=1, lon=1)
    assert at(parse(fix), "Old Spring") == []


def test_the_longer_name_and_the_narrower_fix_win(parse: Any) -> None:
    text = "The Raqqa camp lies near Raqqa."
    camp = Fix(action="add", text="Raqqa camp", lat=1, lon=1)
    no = Fix(action="suppress", text="Raqqa")
    parsed = parse(no, camp, text=text)
    assert [site.mention.text for site in parsed.sites] == ["Raqqa camp"]
    here = Fix(action="force", text="Raqqa", article="a", start=25, lat=2, lon=2)
    assert at(parse(here, no, text=text), "Raqqa")[0].place.lat == 2
    later = Fix(action="force", text="Raqqa", lat=3, lon=3)
    assert at(parse(no, later, text=text), "Raqqa")[-1].place.lat == 3


def test_a_name_within_a_longer_place_is_left_alone(parse: Any) -> None:
    text = "اندلع حريق في حقل العمر النفطي شرقي سوريا."
    whole = [site.mention.text for site in parse(text=text).sites]
    assert "حقل العمر" in " ".join(whole)
    fixed = parse(Fix(action="suppress", text="العمر"), text=text)
    assert [site.mention.text for site in fixed.sites] == whole


def test_a_suppressed_street_takes_the_town_in_its_name_with_it(parse: Any) -> None:
    parsed = parse(Fix(action="suppress", text="Homs Street"))
    assert not any("Homs" in site.mention.text for site in parsed.sites)
    assert ("Homs Street", "fix") in [(one.mention.text, one.reason) for one in parsed.rejected]


def test_the_use_of_a_name_stays_what_it_was(parse: Any) -> None:
    text = "Damascus said that talks had failed."
    [before] = parse(text=text).sites
    assert before.use == "associative"
    [site] = parse(Fix(action="force", text="Damascus", lat=1, lon=1), text=text).sites
    assert site.use == "associative"


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        (Fix(action="alias", text="Raqqa", place_id="no:1"), "'no:1' is not in the gazetteer"),
        (Fix(action="suppress", text="7"), "'7' is too short or too long to look for everywhere"),
    ],
)
def test_what_cannot_be_applied_names_its_row(parse: Any, fix: Fix, told: str) -> None:
    with pytest.raises(geo.GazetteerError) as caught:
        parse(fix)
    assert str(caught.value).startswith("fixes.csv, line 2, column ")
    assert told in str(caught.value)


def test_a_place_that_is_not_in_the_gazetteer_is_where_the_fix_says(parse: Any) -> None:
    fix = Fix(action="force", text="Raqqa", place_id="mine:1", lat=1, lon=2)
    assert at(parse(fix), "Raqqa")[0].place.id == "mine:1"


def test_of_several_files_the_later_ones_win(tmp_path: Path) -> None:
    paths = [tmp_path / "ours.csv", tmp_path / "theirs.csv"]
    for lat, path in enumerate(paths):
        write_fixes([Fix(action="force", text="Raqqa", lat=lat, lon=0)], path)
    [parsed] = geo.parse([Article(id="a", text=TEXT)], fixes=[str(path) for path in paths])
    assert {site.place.lat for site in at(parsed, "Raqqa")} == {1.0}


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> geo.Geoparser:
    path = tmp_path_factory.mktemp("fixes") / "f.csv"
    write_fixes(
        [
            Fix(action="suppress", text="الرقة"),
            Fix(action="force", text="Raqqa", lat=1, lon=1),
            Fix(action="add", text="Raqqa camp", lat=2, lon=2),
            Fix(action="suppress", text="north of Raqqa"),
            Fix(action="confirm", text="20 km north", place_id="relation:1", lat=1, lon=1),
        ],
        path,
    )
    return geo.Geoparser(fixes=[path])


@settings(max_examples=60)
@given(text=st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=10).map(" ".join))
def test_fixed_mentions_are_the_text_at_their_offsets_and_contradict_nothing(
    fixed: geo.Geoparser, text: str
) -> None:
    parsed = fixed.parse(Article(id="a", text=text))
    everything = [*parsed.sites, *parsed.unplaced, *parsed.rejected]
    for found in everything:
        mention = found.mention
        assert text[mention.start : mention.end] == mention.text
    forced = [site.mention for site in parsed.sites if site.source == "fix"]
    for mention in forced:
        others = [
            one
            for one in everything
            if one.mention.start >= mention.start and one.mention.end <= mention.end
        ]
        assert len(others) == 1
