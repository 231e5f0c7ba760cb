"""What the compiled gazetteer says of its names, and the version of its format."""

from __future__ import annotations

__all__ = ["FORMAT", "Role"]

FORMAT = 17
"""Raised whenever what is compiled changes, so that older cache files are left alone."""


class Role:
    """What a name is to a place, the most telling first."""

    NAME = 0
    ARABIC_NAME = 1
    ALIAS = 2
    CORE = 3
    """What a facility's name is without its head noun (حقل العمر): a name only under one."""
    DEMONYM = 4
    """What its people and things are called (سوري, Syrian): it stands for the place, is none."""
