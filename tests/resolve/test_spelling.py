"""What the writer wrote decides between names that fold to one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.model import Article
from geo.resolve.spelling import closeness


def share(written: str, country: str) -> float:
    article = Article(id="1", text=f"وصل الوفد إلى {written} أمس")
    [site] = geo.Geoparser().parse(article).sites
    shares = [(site.place.country, site.confidence)]
    shares += [(other.place.country, other.confidence) for other in site.alternatives]
    return sum(share for each, share in shares if each == country) / sum(
        share for _, share in shares
    )


def test_a_vowel_sign_moves_the_shares_of_amman_and_oman() -> None:
    assert share("عمّان", "JO") > share("عُمان", "JO")
    assert share("عُمان", "OM") > share("عمّان", "OM")


def test_who_writes_a_vowel_sign_means_it() -> None:
    assert share("عُمان", "OM") > 0.6
    assert share("عمّان", "JO") > 0.8


def test_marks_count_only_where_the_writer_used_them() -> None:
    assert closeness("عمان", "عُمان") == closeness("عمان", "عمّان") == 1
    assert closeness("عُمان", "عُمان") > closeness("عُمان", "عمّان")
    assert closeness("دير الـــزور", "دير الزور") == 1


@given(st.text(max_size=12), st.text(min_size=1, max_size=12))
def test_closeness_is_a_share(written: str, name: str) -> None:
    assert 0 <= closeness(written, name) <= 1
    assert closeness(name, name) in {0, 1}
