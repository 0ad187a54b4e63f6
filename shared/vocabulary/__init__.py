"""The one vocabulary: what a person can be, at which level, with which specialty."""

from __future__ import annotations

from typing import Final

LEVELS: Final = ("intern", "junior", "mid", "senior", "lead", "manager", "director", "vp", "c_level")

# function -> its specialties. `general` is an answer ("none of these"), never a default for failure.
SPECIALTIES: Final[dict[str, tuple[str, ...]]] = {
    "engineering": (
        "backend",
        "frontend",
        "fullstack",
        "mobile",
        "devops",
        "infra",
        "data_engineering",
        "ml",
        "qa",
        "security",
        "embedded",
    ),
    "product": ("product_management", "project_management"),
    "design": ("product_design", "ux", "ui", "graphic_design", "brand", "motion"),
    "data": ("analytics", "data_science", "bi"),
    "sales": ("account_executive", "sdr", "account_management"),
    "marketing": ("growth", "content", "brand"),
    "hr": ("recruiting", "hr_generalist"),
    "finance": ("accounting", "fpa"),
    "operations": ("supply_chain", "office"),
    "legal": ("legal_counsel",),
    "customer_success": ("customer_success", "support"),
    "healthcare": ("nursing",),
    "general": (),
}
FUNCTIONS: Final = tuple(SPECIALTIES)
