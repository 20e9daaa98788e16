"""The figures of the returns in full: the way to the net result, budgets, funnels, customer service."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from sitegen import draw, plot
from sitegen.draw import budgets, funnels, net, service
from sitegen.formats import Words
from sitegen.messages import Month, Period, Quantity, Unit
from sitegen.model.computed import State

from . import editions
from .editions import amount, budget, communication, edition, funnel, number, sales_gain, whole, with_returns
from .test_sentences import told

FIGURES = {figure.id: figure for figure in draw.figures(whole())}


def drawn(found, name):
    return {figure.id: figure for figure in draw.figures(found)}[name]


def written(figure, field):
    """The words of a field, row by row, as English has them, no-break spaces made plain."""
    places = [int(str(row[field])[3:-1]) for row in figure.datasets["rows"]]
    return [Words("en", "MA").param(figure.labels[place]).replace("\u00a0", " ") for place in places]


def noted(figure):
    return told(figure.note)[1]


def earned(**more):
    """The returns of a client that only advertises: 300 000 claimed for 66 800 (METHODS §4.1)."""
    values = {
        "attributed_revenue": amount(300_000.0),
        "total_cost": amount(66_800.0),
        "sales_gain": sales_gain(300_000.0, scale=1.0),
        "net": amount(14_200.0),
    } | more
    return with_returns(edition(), **values)


def titled(found):
    return told(net.title(found.scorecard.returns))


# ---------------------------------------------------------------- the way to the net result


def test_each_step_is_a_bar_from_zero_and_costs_go_to_the_left():
    rows = FIGURES["returns-net"].datasets["rows"]
    bars = [(tone, row[tone]) for row in rows for tone in ("sales", "gain", "cost", "net") if row[tone] is not None]
    assert bars == [
        ("sales", 300_000.0),
        ("sales", 234_900.0),
        ("sales", pytest.approx(140_940.0)),
        ("gain", pytest.approx(63_423.0)),
        ("gain", 200_000.0),
        ("gain", 10_200.0),
        ("cost", -66_800.0),
        ("net", 206_823.0),
    ]
    assert FIGURES["returns-net"].params["x_domain"] == (-66_800.0, 300_000.0)


def test_what_is_added_or_taken_off_tells_its_sign():
    assert written(FIGURES["returns-net"], "amount") == [
        "300,000 DH", "234,900 DH", "140,940 DH", "63,423 DH", "+200,000 DH", "+10,200 DH", "−66,800 DH", "+206,823 DH",
    ]  # fmt: skip


def test_the_steps_add_up_to_the_net_result():
    rows = FIGURES["returns-net"].table.rows
    *added, result = (row[1].value for row in rows[3:])
    assert sum(added) == pytest.approx(result)


def test_sales_that_no_other_platform_claims_are_counted_once_already():
    assert "Sales counted only once" not in written(drawn(earned(), "returns-net"), "name")


def test_a_lever_that_books_nothing_is_no_step_and_is_told():
    figure = drawn(earned(communication=communication(0.0, reused=True), service=editions.service()), "returns-net")
    assert len(figure.datasets["rows"]) == 5
    assert "was used elsewhere: it is not counted" in noted(figure)
    assert "The capacity freed in customer service (10,200 DH) is not counted" in noted(figure)


def test_a_loss_is_to_the_left_of_zero_and_its_amount_to_the_right():
    figure = drawn(earned(sales_gain=sales_gain(120_000.0, scale=1.0), net=amount(-34_400.0)), "returns-net")
    assert figure.datasets["rows"][-1] == {
        "order": 4, "sales": None, "gain": None, "cost": None, "net": -34_400.0, "zero": 0, "amount_at": 0.0,
        **{field: figure.datasets["rows"][-1][field] for field in ("name", "amount", "tip")},
    }  # fmt: skip
    assert written(figure, "amount")[-1] == "−34,400 DH"


def test_a_step_that_cannot_be_computed_is_told_and_never_zero():
    found = earned(sales_gain=sales_gain(300_000.0, margin=None), net=amount(None, "no_margin"))
    figure = drawn(found, "returns-net")
    assert [row[1] for row in figure.table.rows].count(None) == 2
    assert len(figure.datasets["rows"]) == len(figure.table.rows) - 2
    assert "Not computed: Additional margin and Net result. The margin rate is not declared." in noted(figure)


def test_nothing_is_drawn_without_a_net_result_or_the_costs():
    unknown = earned(net=amount(None, "no_margin"), total_cost=amount(None, "no_spend"))
    assert draw.figures(unknown) == ()


def test_other_levers_alone_reach_the_net_result():
    figure = drawn(earned(sales_gain=None, communication=communication(), net=amount(133_200.0)), "returns-net")
    assert written(figure, "name") == ["Communication avoided", "Total cost", "Net result"]


@pytest.mark.parametrize(
    ("more", "sentences"),
    [
        ({}, ("Une fois les coûts payés, il reste 14 200 DH", "Once the costs are paid, 14,200 DH is left")),
        (
            {"net": amount(-34_400.0)},
            (
                "Les gains ne couvrent pas encore les coûts : il manque 34 400 DH",
                "The gains do not cover the costs yet: 34,400 DH short",
            ),
        ),
        (
            {"net": amount(-1_200.0)},
            ("Les gains couvrent tout juste les coûts (−1 200 DH)", "The gains just cover the costs (−1,200 DH)"),
        ),
        (
            {"total_cost": amount(66_800.0, partial=True)},
            (
                "Une fois les coûts payés, il reste 14 200 DH (données incomplètes)",
                "Once the costs are paid, 14,200 DH is left (incomplete data)",
            ),
        ),
        (
            {"net": amount(None, "no_margin"), "sales_gain": sales_gain(margin=None)},
            (
                "Résultat net inconnu : le calcul s’arrête à l’étape « Ventes additionnelles »",
                "Net result unknown: the calculation stops at the step “Additional sales”",
            ),
        ),
    ],
)
def test_the_net_result_is_the_conclusion(more, sentences):
    assert titled(earned(**more)) == sentences


@pytest.mark.parametrize(
    ("method", "says"), [("test", False), ("before_after", False), ("estimate", True), (None, True)]
)
def test_a_share_that_nobody_measured_is_told(method, says):
    figure = drawn(earned(sales_gain=sales_gain(method=method)), "returns-net")
    assert (figure.note is not None and "declared, not measured" in noted(figure)) == says


# ---------------------------------------------------------------- budgets


def test_each_channel_has_its_spend_and_its_end_against_the_plan():
    rows = FIGURES["returns-budget"].datasets["rows"]
    fields = ("spent", "due", "projected", "planned")
    assert [tuple(row[field] for field in fields) for row in rows] == [
        (153_500.0, 150_000.0, 183_500.0, 180_000.0),
        (92_000.0, 100_000.0, 112_000.0, 120_000.0),
        (61_500.0, 50_000.0, 71_500.0, 60_000.0),
        (None, pytest.approx(16_666.67), None, 20_000.0),
    ]
    assert written(FIGURES["returns-budget"], "ratio") == ["102% of plan", "92% of plan", "123% of plan", ""]


def test_a_channel_whose_spend_is_unknown_is_told_and_left_out_of_the_whole():
    figure = FIGURES["returns-budget"]
    assert written(figure, "name")[0] == "All known channels"
    assert written(figure, "spent_words")[3] == "unknown"
    assert "Spend unknown: Influencers." in noted(figure)
    complete = drawn(with_returns(edition(), budgets=whole().scorecard.returns.budgets[:2]), "returns-budget")
    assert written(complete, "name")[0] == "All together"


def test_a_plan_that_is_unknown_is_told_and_never_zero():
    plan = replace(budget("radio", 1.0, 5_000.0), planned=amount(None, "no_margin"), due=amount(None, "no_margin"))
    figure = drawn(with_returns(edition(), budgets=(budget("meta_ads", 120.0, 92.0), plan)), "returns-budget")
    assert written(figure, "name") == ["Meta Ads"]
    assert "Not computed: Radio. The margin rate is not declared." in noted(figure)
    assert draw.figures(with_returns(edition(), budgets=(plan,))) == ()


def test_a_single_channel_is_its_own_whole():
    one = with_returns(edition(), budgets=(budget("meta_ads", 120.0, 92.0),))
    assert len(drawn(one, "returns-budget").datasets["rows"]) == 1


def test_the_months_of_a_budget_are_in_its_table():
    def money(value):
        return Quantity(value, Unit.MONEY, "MAD")

    rows = FIGURES["returns-budget"].table.rows
    assert told(rows[0][1])[1] == "Until 31 October 2026"
    assert rows[0][2:] == (money(150_000.0), money(153_500.0), None)
    assert rows[1][1:] == (
        Period(date(2026, 1, 1), date(2026, 12, 31)), money(180_000.0), money(153_500.0), money(183_500.0),
    )  # fmt: skip
    assert rows[-2][1:] == (Month(2026, 9), money(10_000.0), money(9_400.0), money(9_400.0))
    assert rows[-1][1:] == (Month(2026, 12), money(10_000.0), None, money(10_000.0))


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        (
            (budget("meta_ads", 120_000.0, 101_000.0),),
            (
                (
                    "Dépenses proches du budget : 101 000 DH pour 100 000 DH prévus à ce jour, "
                    "121 000 DH attendus à la fin pour 120 000 DH"
                ),
                (
                    "Spending close to the budget: 101,000 DH for 100,000 DH planned to date, "
                    "121,000 DH expected at the end for 120,000 DH"
                ),
            ),
        ),
        (
            (budget("meta_ads", 120_000.0, 130_000.0, due=120_000.0),),
            (
                "Dépenses au-dessus du budget : 130 000 DH pour 120 000 DH prévus à ce jour",
                "Spending above the budget: 130,000 DH for 120,000 DH planned to date",
            ),
        ),
        (
            (budget("meta_ads", 120_000.0, 80_000.0, due=120_000.0), budget("radio", 10_000.0, None)),
            (
                "Dépenses au-dessous du budget : 80 000 DH pour 120 000 DH prévus à ce jour (données incomplètes)",
                "Spending below the budget: 80,000 DH for 120,000 DH planned to date (incomplete data)",
            ),
        ),
        (
            (budget("meta_ads", 120_000.0, None),),
            ("Budget de 120 000 DH : la dépense n’est pas connue", "Budget of 120,000 DH: the spend is not known"),
        ),
        (
            (budget("meta_ads", 120_000.0, None, due=0.0),),
            ("Budget de 120 000 DH, à partir du 1er janvier 2026", "Budget of 120,000 DH, from 1 January 2026"),
        ),
    ],
)
def test_a_budget_tells_the_spend_against_the_plan(lines, sentences):
    assert told(budgets.title(lines, "MAD")) == sentences


# ---------------------------------------------------------------- funnels


def test_a_stage_is_a_bar_with_its_shares():
    figure = FIGURES["funnel-orders"]
    assert [row["count"] for row in figure.datasets["rows"]] == [12_300.0, 8_100.0, 6_900.0, 6_500.0]
    assert written(figure, "shares") == [
        "", "65.9% of the first stage", "85.2% of the stage before, 56.1% of the first one",
        "94.2% of the stage before, 52.8% of the first one",
    ]  # fmt: skip


def test_an_unknown_stage_has_no_bar_and_no_share_after_it():
    figure = FIGURES["funnel-leads"]
    assert figure.datasets["rows"][1]["count"] is None
    assert written(figure, "count_words")[1] == "unknown"
    assert figure.table.rows[2][1:] == (Quantity(210.0, Unit.COUNT), None, Quantity(210 / 900, Unit.RATE))


def test_days_that_are_missing_are_told():
    assert "Days are missing" in noted(
        drawn(with_returns(edition(), funnels=[funnel(9, 8, 7, 6, partial=(0,))]), "funnel-orders")
    )
    assert "Days are missing" not in noted(FIGURES["funnel-orders"])


def test_a_funnel_of_one_known_stage_is_none():
    assert draw.figures(with_returns(edition(), funnels=[funnel(900.0, None, None, None)])) == ()


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        (
            funnel(1000.0, 800.0, 300.0, 100.0),
            (
                (
                    "La plus grande perte est entre « commandes confirmées » et « commandes livrées » : "
                    "500 sur 800 (62,5 %)"
                ),
                "The largest loss is between “orders confirmed” and “orders delivered”: 500 of 800 (62.5%)",
            ),
        ),
        (
            funnel(1000.0, None, 300.0, 290.0, partial=(2,)),
            (
                (
                    "La plus grande perte est entre « commandes » et « commandes livrées » : 700 sur 1 000 (70 %) "
                    "(données incomplètes)"
                ),
                "The largest loss is between “orders” and “orders delivered”: 700 of 1,000 (70%) (incomplete data)",
            ),
        ),
        (
            funnel(10.0, 10.0, 10.0, 10.0),
            ("Aucune perte d’une étape à l’autre", "No loss from one stage to the next"),
        ),
    ],
)
def test_a_funnel_names_the_step_that_loses_most(found, sentences):
    assert told(funnels.title(found)) == sentences


# ---------------------------------------------------------------- customer service


def test_contacts_stand_beside_those_before_and_all_of_them_first():
    figure = FIGURES["service-contacts"]
    assert [(row["before"], row["now"]) for row in figure.datasets["rows"]] == [
        (3500.0, 3700.0), (2000.0, 1400.0), (1000.0, 800.0), (500.0, 300.0), (None, 1200.0),
    ]  # fmt: skip
    assert written(figure, "ratio") == ["+5.7%", "−30%", "−20%", "−40%", ""]


def test_the_cost_of_a_contact_is_in_the_table():
    row = FIGURES["service-contacts"].table.rows[0]
    assert row[3:] == (Quantity(14.571, Unit.MONEY, "MAD"), Quantity(11.027, Unit.MONEY, "MAD"))


def test_a_reference_of_another_length_is_told_to_be_scaled():
    assert "same length" not in noted(FIGURES["service-contacts"])
    shorter = replace(editions.service(), reference=Period(date(2025, 8, 1), date(2025, 10, 31)))
    figure = drawn(with_returns(edition(), service=shorter), "service-contacts")
    assert "Before: August to October 2025, brought to the same length." in noted(figure)


def test_contacts_that_nobody_counted_are_not_drawn():
    nothing = replace(editions.service(contacts=False), contacts_before=number(), contacts_now=number())
    assert draw.figures(with_returns(edition(), service=nothing)) == ()


def test_channels_that_are_partly_told_are_not_compared():
    found = editions.service()
    partial = replace(found, contacts_before=replace(found.contacts_before, state=State.PARTIAL))
    figure = drawn(with_returns(edition(), service=partial), "service-contacts")
    assert written(figure, "ratio")[:2] == ["", "−30%"]
    assert "Incomplete data: All together." in noted(figure)


CHEAPER = ("Un contact coûte 11,03 DH au lieu de 14,57 DH", "A contact costs 11.03 DH instead of 14.57 DH")


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        (
            editions.service(),
            (f"{CHEAPER[0]} : 10 200 DH de capacité libérée", f"{CHEAPER[1]}: 10,200 DH of capacity freed"),
        ),
        (
            editions.service("cash", 7_000.0),
            (f"{CHEAPER[0]} : le service coûte 10 200 DH de moins", f"{CHEAPER[1]}: the service costs 10,200 DH less"),
        ),
        (replace(editions.service(), saving=amount(-900.0)), CHEAPER),
        (
            replace(editions.service(unit_now=18.0), saving=amount(None)),
            (
                "Un contact coûte 18,00 DH, contre 14,57 DH auparavant",
                "A contact costs 18.00 DH, against 14.57 DH before",
            ),
        ),
        (
            replace(editions.service(unit_now=14.6), saving=amount(None)),
            ("Un contact coûte autant qu’avant (14,60 DH)", "A contact costs as much as before (14.60 DH)"),
        ),
        (
            editions.service(unit_now=None),
            (
                "Contacts au service client : 3 700, contre 3 500 auparavant ; leur coût n’est pas connu",
                "Contacts with customer service: 3,700, against 3,500 before; their cost is not known",
            ),
        ),
    ],
)
def test_the_service_tells_what_a_contact_costs(found, sentences):
    assert told(service.title(found, "MAD")) == sentences


# ---------------------------------------------------------------- the pictures


LETTER = 6.5  # px, on average at 12 px
TEXT = re.compile(r'<text text-anchor="(\w+)" transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>⟦w:(\d+)⟧')


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", plot.WIDTHS)
@pytest.mark.parametrize("name", ["returns-net", "returns-budget", "funnel-orders", "funnel-leads", "service-contacts"])
def test_words_stay_inside_the_picture_and_apart(name, width, language):
    figure, words = FIGURES[name], Words(language, "MA")
    svg = getattr(plot.Engine().svg(figure, draw.template(figure.template)), width)
    lines = {}
    for anchor, x, y, place in TEXT.findall(svg):
        length = LETTER * len(words.param(figure.labels[int(place)]))
        start = float(x) - (length if anchor == "end" else 0)
        lines.setdefault(y, []).append((start, start + length))
    assert sum(map(len, lines.values())) >= 2 * len(figure.datasets["rows"])
    for line in lines.values():
        ends = sorted(line)
        assert ends[0][0] >= 0
        assert ends[-1][1] <= plot.WIDTHS[width]
        assert all(before[1] < after[0] for before, after in pairwise(ends))
