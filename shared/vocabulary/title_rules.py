"""Which meanings of title_words.py, standing together, say which role: the house's reading of job titles."""

from __future__ import annotations

from typing import Final, NamedTuple


class Rule(NamedTuple):
    """`needs` all stand in the title; `score` is how surely they then say `roles` (4 certain, 1 a hint)."""

    needs: frozenset[str]
    roles: tuple[tuple[str, str | None], ...]
    score: float


# score | meanings (a|b: either) | roles. Heads such as engineer decide with a field, and are hints without one.
_TABLE: Final = """
4 backend engineer|developer|architect = engineering/backend
4 frontend engineer|developer|architect = engineering/frontend
4 fullstack engineer|developer|architect = engineering/fullstack
4 mobile engineer|developer|architect = engineering/mobile
4 devops engineer|developer|architect = engineering/devops
4 infra engineer|developer|architect = engineering/infra
4 security engineer|developer|architect|analyst = engineering/security
4 qa engineer|developer|architect|analyst = engineering/qa
4 embedded engineer|developer|architect = engineering/embedded
4 ml engineer|scientist|developer|architect = data/data_science engineering/ml
4 data engineer|developer|architect = engineering/data_engineering
4 growth engineer|developer = engineering
4 product engineer|developer = engineering
4 marketing engineer|developer = engineering
4 sales engineer = sales/account_executive
4 support engineer = customer_success/support
4 other_engineering engineer|designer = engineering
4 software engineer|developer|architect = engineering
3 software_maker = engineering
3 data_engineering = engineering/data_engineering
4 data_engineering engineer|developer|architect = engineering/data_engineering
2.4 backend = engineering/backend
2.4 frontend = engineering/frontend
3 fullstack = engineering/fullstack
2 mobile = engineering/mobile
2.6 devops = engineering/devops
3 infra = engineering/infra
2.2 qa = engineering/qa
2.6 security = engineering/security
2.4 embedded = engineering/embedded
2.6 ml = data/data_science engineering/ml
2 other_engineering = engineering
2.2 it_lead = engineering
1.2 software = engineering
1.4 engineer = engineering
1.4 developer = engineering
1 architect = engineering
4 software analyst = engineering
4 data analyst = data/analytics
4 bi analyst|specialist = data/analytics data/bi
4 data bi = data/analytics data/bi
4 bi developer|engineer = data/bi data/analytics
4 product analyst = data/analytics
3 business analyst = data/analytics
4 data scientist = data/data_science
4 ml analyst = data/data_science
2.4 scientist = data/data_science
2.4 bi = data/bi data/analytics
2.3 data = data
1 analyst = data/analytics
3 product_manager = product/product_management
3 project_manager = product/project_management
1.5 product = product
1 project = product/project_management
3.5 product designer = design/product_design
4 content designer = design/ux
4 brand designer = design/graphic_design design/brand
4 graphic designer = design/graphic_design
4 motion designer = design/motion
4 ui designer = design/ui design/product_design
3 product_design = design/product_design
3 ux = design/ux
2 ui = design/ui
2.5 graphic = design/graphic_design
2.5 motion = design/motion
1.6 designer = design
4 brand marketing = marketing/brand
4 growth marketing = marketing/growth
4 content marketing = marketing/content
2.5 marketing = marketing
2 growth = marketing/growth
2 content = marketing/content
1.3 brand = marketing/brand
3.4 account_executive = sales/account_executive
3.4 sdr = sales/sdr
3 account_manager = sales/account_management
2.5 sales = sales
3.2 customer_success = customer_success/customer_success
1.8 support = customer_success/support
3 accounting = finance/accounting
3.2 fpa = finance/fpa
4 finance analyst = finance/fpa
4 accounting analyst = finance/accounting
2.4 finance = finance
3.2 recruiting = hr/recruiting
2.8 hr_generalist = hr/hr_generalist
2.7 people = hr
3.2 people specialist = hr/hr_generalist
3 legal_counsel = legal/legal_counsel
2.6 legal = legal/legal_counsel
2.8 supply_chain = operations/supply_chain
2.2 office = operations/office
1.5 operations = operations
3.4 nursing = healthcare/nursing
2.8 healthcare = healthcare
2.7 teacher = general
2.7 general_work = general
0.6 consultant = general
"""


def _parsed() -> list[Rule]:
    rules = []
    for line in _TABLE.strip().splitlines():
        left, _, right = line.partition(" = ")
        score, *needs = left.split()
        pairs = [role.partition("/") for role in right.split()]
        roles = tuple((function, specialty or None) for function, _, specialty in pairs)
        choices: list[list[str]] = [[]]
        for need in needs:
            choices = [[*choice, one] for choice in choices for one in need.split("|")]
        rules += [Rule(frozenset(choice), roles, float(score)) for choice in choices]
    return rules


RULES: Final = tuple(_parsed())
