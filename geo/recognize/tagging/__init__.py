"""Which tokens read like the name of a place, whether the gazetteer has it or not.

`features` turns a reading into numbers, `chain` weighs whole sentences, `tagger` holds the weights.
"""

from geo.recognize.tagging.features import Features, features
from geo.recognize.tagging.tagger import Tagger, Tags

__all__ = ["Features", "Tagger", "Tags", "features"]
