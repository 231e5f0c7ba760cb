"""Regular expressions that are compiled when a text first calls for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Form"]


@dataclass(frozen=True)
class Form:
    """How something is written; most texts hold no grid reference, and need not wait for one."""

    expression: str
    flags: re.RegexFlag = re.NOFLAG

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.expression, self.flags)
