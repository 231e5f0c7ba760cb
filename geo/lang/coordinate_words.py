"""The words that surround written coordinates: hemispheres, labels, units, cues and look-alikes.

A language is one :class:`CoordinateWords`; the reader above takes the union of all of them and
compares folded words (no vowel signs, no tatweel, one alef), so each is written here only once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["COORDINATE_WORDS", "CoordinateWords"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinateWords:
    """What one language writes around a coordinate; every field is a set of single words.

    ``loose_labels`` are labels that also mean something else (``عرض`` is a width as well), unless
    one of ``label_heads`` stands before them. ``origins`` end a reference such as "of the equator",
    whose other words are ``references``. ``cues`` announce a coordinate, ``hints`` merely a place;
    ``against`` and ``units`` speak for some other number.
    """

    north: frozenset[str]
    south: frozenset[str]
    east: frozenset[str]
    west: frozenset[str]
    latitude: frozenset[str]
    longitude: frozenset[str]
    loose_labels: frozenset[str]
    label_heads: frozenset[str]
    degree: frozenset[str]
    minute: frozenset[str]
    second: frozenset[str]
    joiners: frozenset[str]
    fillers: frozenset[str]
    references: frozenset[str]
    origins: frozenset[str]
    cues: frozenset[str]
    hints: frozenset[str]
    against: frozenset[str]
    units: frozenset[str]
    zone: frozenset[str]
    easting: frozenset[str]
    northing: frozenset[str]
    proclitics: frozenset[str] = field(default=frozenset())


_ENGLISH = CoordinateWords(
    north=_words("n north northern"),
    south=_words("s south southern"),
    east=_words("e east eastern"),
    west=_words("w west western"),
    latitude=_words("lat latitude lats φ"),
    longitude=_words("lon long longitude lng λ"),
    loose_labels=_words("long"),
    label_heads=_words("line parallel meridian"),
    degree=_words("degree degrees deg degs d o"),
    minute=_words("minute minutes min mins m"),
    second=_words("second seconds sec secs s"),
    joiners=_words("and by"),
    fillers=_words("of is at was the a equals"),
    references=_words("of the prime"),
    origins=_words("equator greenwich meridian"),
    cues=_words(
        "coordinate coordinates coords coord gps geolocation geolocated geocoordinates latlon "
        "latlong lat lon wgs84 wgs mgrs utm grid georeference waypoint"
    ),
    hints=_words(
        "at near around position positions location located site point points spot camp base "
        "place marker pin mark marked village town crash epicentre epicenter signal map"
    ),
    against=_words(
        "price prices priced cost costs rate rates exchange trading traded closed euro euros "
        "dollar dollars pound pounds score scores scored scoring version versions release index "
        "ratio ratios odds average mean percent per interest inflation yield temperature weighed "
        "weight lap time gpa grade isbn issn doi password "
        "code invoice account iban"
    ),
    units=_words(
        "km m cm mm kg g t mg ml l ft mi nm kph mph kw mw kwh gb mb tb usd eur gbp syp percent "
        "kilometer kilometers kilometre kilometres meter meters metre metres mile miles foot feet "
        "inch inches yard yards ton tons tonne tonnes gram grams kilo kilos kilogram kilograms "
        "dollar dollars euro euros pound pounds lira liras million millions billion billions "
        "thousand people years hours hour days points barrels liters litres hectares celsius x "
        "fahrenheit c f"
    ),
    zone=_words("zone"),
    easting=_words("easting eastings"),
    northing=_words("northing northings"),
)

_ARABIC = CoordinateWords(
    north=_words("ش شمال شمالا شمالي شماليا شمالية الشمال الشمالي الشمالية"),
    south=_words("ج جنوب جنوبا جنوبي جنوبيا جنوبية الجنوب الجنوبي الجنوبية"),
    east=_words("ق شرق شرقا شرقي شرقيا شرقية الشرق الشرقي الشرقية"),
    west=_words("غ غرب غربا غربي غربيا غربية الغرب الغربي الغربية"),
    latitude=_words("عرض العرض"),
    longitude=_words("طول الطول"),
    loose_labels=_words("عرض العرض طول الطول"),
    label_heads=_words("خط الخط خطي خطا خطوط دائرة دائرتي دوائر درجة إحداثي احداثية إحداثيا"),
    degree=_words("درجة درجات درجه د"),
    minute=_words("دقيقة دقائق دقيقه"),
    second=_words("ثانية ثواني ثوان ثانيه"),
    joiners=_words("و"),
    fillers=_words("هو هي عند يبلغ تبلغ رقم على قيمة بقيمة"),
    references=_words("من خط عن"),
    origins=_words("الاستواء غرينتش جرينتش غرينيتش جرينيتش"),
    cues=_words("إحداثيات الإحداثيات إحداثية إحداثي الإحداثي إحداثياته إحداثياتها"),
    hints=_words(
        "عند قرب موقع الموقع موقعه موقعها نقطة النقطة النقاط مركز المركز مركزها مركزه محيط علامة "
        "العلامة خريطة الخريطة إشارة"
    ),
    against=_words(
        "سعر أسعار السعر الأسعار ليرة دولار يورو صرف الصرف نسبة النسبة بنسبة المئة إصدار الإصدار "
        "النسخة نتيجة النتيجة مؤشر المؤشر معدل المعدل درجات الحرارة"
        " حرارة وزن الوزن فاتورة حساب الحساب بفارق"
    ),
    units=_words(
        "كم كيلومتر كيلومترا كيلومترات متر مترا أمتار سم سنتيمتر سنتيمترا مم كغ كيلو كيلوغرام "
        "كيلوغراما غرام غراما طن طنا أطنان ميل ميلا أميال قدم قدما ليرة ليرات دولار دولارا دولارات "
        "يورو درهم دينار دينارا جنيه جنيها ريال ريالا ألف ألفا مليون مليونا مليار شخص شخصا عاما"
        " سنة يوما ساعة ساعات نقطة نقاط برميل برميلا لتر لترا هكتار هكتارا مئوية بالمئة"
    ),
    zone=_words("المنطقة النطاق الشريحة منطقة نطاق زون"),
    easting=_words("شرقيات الشرقيات شرقي الشرقي"),
    northing=_words("شماليات الشماليات شمالي الشمالي"),
    proclitics=_words("و ف ب ل ك"),
)

COORDINATE_WORDS: tuple[CoordinateWords, ...] = (_ENGLISH, _ARABIC)
"""The words of every language, in no order that matters."""
