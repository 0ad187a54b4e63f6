"""How near one role is to another, and one level to another: the tables behind role fit and level fit."""

from __future__ import annotations

from typing import Final

from shared.search.request.criteria import MANAGERS, Asked
from shared.vocabulary.nearness import nearness
from shared.vocabulary.occupations import read_occupations

UNNAMED_SPECIALTY: Final = 0.5  # the right function, and no specialty of it is known
OTHER_SPECIALTY: Final = 0.05  # the right function, plainly another trade
LED_SPECIALTY: Final = 0.5  # the same, where people are to be led: heads of a function lead several trades
LEADS_NOBODY: Final = 0.6  # the right trade, where people are to be led and this person leads none
SAME_FUNCTION: Final = 0.3  # an occupation is asked, another one of its function is held
SECOND_ROLE: Final = 0.9  # a role or specialty the person holds, but not first

# Trades a person changes between with part of what they know; everything not listed is another trade.
_NEAR: Final[dict[frozenset[str], float]] = {
    frozenset(pair): fit
    for pair, fit in {
        ("engineering/fullstack", "engineering/backend"): 0.6,
        ("engineering/fullstack", "engineering/frontend"): 0.6,
        ("engineering/devops", "engineering/infra"): 0.9,
        ("engineering/devops", "engineering/backend"): 0.2,
        ("engineering/infra", "engineering/backend"): 0.2,
        ("engineering/devops", "engineering/security"): 0.15,
        ("engineering/data_engineering", "engineering/backend"): 0.25,
        ("engineering/data_engineering", "engineering/ml"): 0.3,
        ("engineering/mobile", "engineering/frontend"): 0.2,
        ("engineering/embedded", "engineering/backend"): 0.2,
        ("engineering/ml", "data/data_science"): 0.85,
        ("engineering/data_engineering", "data/bi"): 0.25,
        ("data/analytics", "data/bi"): 0.85,
        ("data/analytics", "data/data_science"): 0.35,
        ("data/bi", "data/data_science"): 0.25,
        ("design/product_design", "design/ux"): 0.9,
        ("design/product_design", "design/ui"): 0.8,
        ("design/ux", "design/ui"): 0.8,
        ("design/graphic_design", "design/brand"): 0.8,
        ("design/graphic_design", "design/motion"): 0.5,
        ("design/brand", "design/motion"): 0.4,
        ("design/graphic_design", "design/ui"): 0.3,
        ("design/brand", "marketing/brand"): 0.4,
        ("marketing/content", "marketing/brand"): 0.5,
        ("marketing/content", "marketing/growth"): 0.4,
        ("marketing/growth", "marketing/brand"): 0.4,
        ("product/product_management", "product/project_management"): 0.3,
        ("sales/account_executive", "sales/account_management"): 0.6,
        ("sales/account_executive", "sales/sdr"): 0.4,
        ("sales/account_management", "sales/sdr"): 0.3,
        ("sales/account_management", "customer_success/customer_success"): 0.4,
        ("customer_success/customer_success", "customer_success/support"): 0.5,
        ("hr/recruiting", "hr/hr_generalist"): 0.4,
        ("finance/accounting", "finance/fpa"): 0.4,
    }.items()
}

# asked level -> held level -> fit. Not listed: 0. People who manage and people who do are two tracks that touch at
# lead and manager.
_LEVELS: Final[dict[str, dict[str, float]]] = {
    "intern": {"intern": 1, "junior": 0.6, "mid": 0.1},
    "junior": {"junior": 1, "intern": 0.65, "mid": 0.3, "senior": 0.05},
    "mid": {"mid": 1, "senior": 0.6, "junior": 0.4, "lead": 0.3, "intern": 0.05},
    "senior": {"senior": 1, "lead": 0.8, "mid": 0.35, "manager": 0.25, "junior": 0.1},
    "lead": {"lead": 1, "senior": 0.5, "manager": 0.4, "director": 0.2, "mid": 0.1},
    "manager": {"manager": 1, "director": 0.6, "lead": 0.35, "vp": 0.3, "c_level": 0.2, "senior": 0.05},
    "director": {"director": 1, "vp": 0.8, "c_level": 0.5, "manager": 0.4, "lead": 0.1},
    "vp": {"vp": 1, "c_level": 0.8, "director": 0.7, "manager": 0.2},
    "c_level": {"c_level": 1, "vp": 0.7, "director": 0.35, "manager": 0.05},
}
# A role named without a level asks for someone who does the work on their own.
_PRACTITIONER: Final = {
    "mid": 1, "senior": 1, "lead": 0.85, "junior": 0.7, "manager": 0.5, "intern": 0.35, "director": 0.3, "vp": 0.2,
    "c_level": 0.2,
}  # fmt: skip
PRACTITIONERS: Final = ("senior", "mid", "lead")
_STEP_DOWN: Final = 0.97  # per place in the list: of several levels asked the first is the best


def role_fit(asked: Asked, function: str, specialties: tuple[str, ...]) -> float:
    """Return how well a held role is the asked one, 0..1."""
    if function in asked.functions:
        return 1.0
    other = LED_SPECIALTY if asked.leads else OTHER_SPECIALTY
    return max((_specialty_fit(want, function, specialties, other) for want in asked.specialties), default=0.0)


def _specialty_fit(want: tuple[str, str], function: str, specialties: tuple[str, ...], other: float) -> float:
    if want[0] == function and not specialties:
        return UNNAMED_SPECIALTY
    same = other if want[0] == function else 0.0
    fits = [_near(want, (function, held), same) for held in specialties]
    return max([fit if place == 0 else fit * SECOND_ROLE for place, fit in enumerate(fits)], default=0.0)


def _near(want: tuple[str, str], held: tuple[str, str], otherwise: float) -> float:
    if want == held:
        return 1.0
    return max(_NEAR.get(frozenset(("/".join(want), "/".join(held))), 0.0), otherwise)


def occupation_fit(asked: Asked, title: str) -> float | None:
    """Return how near a title's occupation is to an asked one, 0..1; None when no occupation is read from the title."""
    held = read_occupations(title)
    if not held:
        return None
    return max(nearness(wanted, each) for wanted in asked.occupations for each in held)


def leads_people(held: str | None, manages: bool) -> bool:
    """Whether a held level, or the title itself, says that people are led."""
    return manages or held == "lead" or held in MANAGERS


def level_fit(asked: Asked, held: str, manages: bool) -> float:
    """Return how well a held level is the asked one, 0..1. `manages`: the title itself says people are led."""
    if asked.manages_people and held not in MANAGERS and held not in asked.levels:
        return 0.3 if leads_people(held, manages) else 0.0
    if asked.levels:
        fit = max(_LEVELS.get(want, {}).get(held, 0.0) * _STEP_DOWN**place for place, want in enumerate(asked.levels))
    elif asked.manages_people:
        fit = 1.0
    else:
        fit = _PRACTITIONER.get(held, 0.0)
    return fit * 0.5 if asked.manages_people is False and held in MANAGERS else fit
