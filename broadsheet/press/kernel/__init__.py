"""The engine itself: facts, gathering, planning. It imports no Django and touches no table and no file."""

from broadsheet.press.kernel.facts import ABSENT, Facts, Known, digest_of, encode_value, fact_digest
from broadsheet.press.kernel.gathering import ComposedSheet, GatheredSheet, compose_sheet, gather_sheet
from broadsheet.press.kernel.planning import (
    SHEETS_PER_RUN,
    Candidate,
    Print,
    Stage,
    Step,
    fits,
    may_go,
    plan_steps,
    stage_of,
)

__all__ = [
    "ABSENT",
    "SHEETS_PER_RUN",
    "Candidate",
    "ComposedSheet",
    "Facts",
    "GatheredSheet",
    "Known",
    "Print",
    "Stage",
    "Step",
    "compose_sheet",
    "digest_of",
    "encode_value",
    "fact_digest",
    "fits",
    "gather_sheet",
    "may_go",
    "plan_steps",
    "stage_of",
]
