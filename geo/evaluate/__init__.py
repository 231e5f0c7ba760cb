"""How well the parser does on articles whose toponyms are known: recognition and resolution."""

from geo.evaluate.gold import GoldArticle, GoldToponym
from geo.evaluate.reading import read_gold
from geo.evaluate.report import evaluate

__all__ = ["GoldArticle", "GoldToponym", "evaluate", "read_gold"]
