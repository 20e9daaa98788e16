"""Whole exports of invented accounts, as text: what each is, what was read of it, and what is asked about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.check.declared import Declared
from sitegen.check.exports import reading
from sitegen.errors import Severity
from sitegen.messages import Period
from sitegen.model.exports import Reading, TableReading, Verdict
from sitegen.read import exports


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(text: str | bytes, **declared: object) -> Reading:
        raw = text.encode() if isinstance(text, str) else text
        (tmp_path / "file.csv").write_bytes(raw)
        return reading(exports.export(tmp_path, "file.csv", "file.csv"), Declared(**declared))  # type: ignore[arg-type]

    return read


def only(found: Reading) -> TableReading:
    (table,) = found.tables
    return table


def sums(table: TableReading) -> dict[str, float | None]:
    return {figure.id: figure.total for figure in table.figures}


def told(found: Reading) -> set[tuple[int, str, Severity]]:
    return {(each.line, each.message.key.removeprefix("exports."), each.severity) for each in found.problems}


ADS = """Campaign report
1 June 2026 - 3 June 2026
Campaign,Day,Currency code,Cost,Clicks,Impr.
Winter,2026-06-01,EUR,"1,010.50",12,"1,200"
Winter,2026-06-02,EUR,20.00,8,900
Total: Account,--,EUR,"1,030.50",20,"2,100"
"""


def test_a_report_is_known_by_its_content_and_its_total_is_taken_out(read) -> None:  # type: ignore[no-untyped-def]
    found = read(ADS)
    table = only(found)
    assert (found.platform, found.language, table.report, table.rows) == ("google_ads", "en", "campaigns_by_day", 2)
    assert table.period == Period(date(2026, 6, 1), date(2026, 6, 3))
    assert table.span == Period(date(2026, 6, 1), date(2026, 6, 2))
    assert sums(table) == {"spend": 1030.5, "clicks": 20, "impressions": 2100}
    assert {total.verdict for total in table.totals} == {Verdict.EQUAL}
    (records,) = table.records
    assert (records.currency, records.channel_names, records.grain) == ("EUR", ("google_ads",), "day")
    assert list(records.metrics["spend"]) == [1010.5, 20.0]
    assert list(records.lines) == [4, 5]


def test_a_total_that_is_more_than_the_rows_is_told_with_its_line(read) -> None:  # type: ignore[no-untyped-def]
    found = read(ADS.replace('"1,030.50",20', '"1,500.00",20'))
    assert {(total.id, total.verdict) for total in only(found).totals} == {
        ("spend", Verdict.MORE),
        ("clicks", Verdict.EQUAL),
        ("impressions", Verdict.EQUAL),
    }
    assert (6, "total_more", Severity.WARNING) in told(found)


def test_a_total_that_is_less_than_the_rows_is_a_warning(read) -> None:  # type: ignore[no-untyped-def]
    found = read(ADS.replace('"1,030.50",20', '"1,030.50",7'))
    assert (6, "total_less", Severity.WARNING) in told(found)


def test_french_headers_spaces_and_comparison_columns(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Nom de la campagne,Coût,Coût (Comparaison),Clics\n"
        'Hiver,"1 010,50\u00a0€","9,00\u00a0€",1 200\nÉté,"20,00\u00a0€","1,00\u00a0€",8\n'
    )
    table = only(found)
    assert (found.platform, found.language) == ("google_ads", "fr")
    assert sums(table) == {"spend": 1030.5, "spend_comparison": 10.0, "clicks": 1208}
    assert table.currency == "EUR"
    assert table.unmeasured is not None
    assert table.unmeasured.key == "exports.unmeasured.no_period"


def test_a_short_period_without_days_is_spread_over_it_and_a_long_one_is_not(read) -> None:  # type: ignore[no-untyped-def]
    text = "Campaign report\n{}\nCampaign,Currency code,Cost,Clicks\nWinter,EUR,10,2\n"
    (records,) = only(read(text.format("1 June 2026 - 10 June 2026"))).records
    assert [date.fromordinal(day).isoformat() for day in (*records.days, *(records.lasts or ()))] == [
        "2026-06-01",
        "2026-06-10",
    ]
    long = only(read(text.format("1 June 2026 - 30 September 2026")))
    assert long.records == ()
    assert long.unmeasured is not None
    assert long.unmeasured.key == "exports.unmeasured.long_period"


def test_stacked_tables_below_their_own_periods_and_counted_days(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "# -----------\n# Informe\n# Cuenta: X\n# -----------\n"
        "# \n# Fecha de inicio: 20260601\n# Fecha de finalización: 20260603\n"
        "Día\u00a0N,Total de ingresos\n0000,10.5\n0002,4\n\n"
        "# Fecha de inicio: 20260701\n# Fecha de finalización: 20260702\n"
        "Grupo de canales predeterminado de la sesión,Sesiones\nOrganic Search,7\nParrot,1\n"
    )
    by_day, by_channel = found.tables
    assert (found.platform, found.language) == ("ga4", "es")
    assert by_day.span == Period(date(2026, 6, 1), date(2026, 6, 3))
    assert [date.fromordinal(day).day for day in by_day.records[0].days] == [1, 3]
    assert by_channel.period == Period(date(2026, 7, 1), date(2026, 7, 2))
    (records,) = by_channel.records
    assert dict(zip(records.channel_names, [records.metrics["sessions"][i] for i in range(2)], strict=True)) == {
        "organic_search": 7,
        "unassigned": 1,
    }
    assert (16, "unknown_channel", Severity.INFO) in told(found)


def test_counted_weeks_end_on_saturdays_and_with_the_report(read) -> None:  # type: ignore[no-untyped-def]
    found = read("# ---\n# Start date: 20260602\n# End date: 20260616\nNth week,Sessions\n0000,5\n0001,7\n0002,2\n")
    (records,) = only(found).records
    spans = zip(records.days, records.lasts or (), strict=True)
    assert [(date.fromordinal(a).isoformat(), date.fromordinal(b).isoformat()) for a, b in spans] == [
        ("2026-06-02", "2026-06-06"),
        ("2026-06-07", "2026-06-13"),
        ("2026-06-14", "2026-06-16"),
    ]


def test_a_series_is_named_by_the_line_above_it(read) -> None:  # type: ignore[no-untyped-def]
    text = 'sep=,\n"{}"\n"Date","Primary"\n"2026-06-01T00:00:00","5"\n"2026-06-02T00:00:00","6"\n'
    found = read(text.format("Instagram follows").encode("utf-16"))
    table = only(found)
    assert (found.platform, found.encoding) == ("meta_business_suite", "utf-16-le")
    (records,) = table.records
    assert (records.channel_names, list(records.metrics)) == (("instagram",), ["new_followers"])
    nameless = read(text.format("Content interactions").encode("utf-16"))
    assert only(nameless).unmeasured is not None
    assert only(nameless).unmeasured.key == "exports.unmeasured.no_channel"
    declared = read(text.format("Content interactions").encode("utf-16"), channel="facebook")
    assert only(declared).records[0].channel_names == ("facebook",)


def test_two_periods_in_the_headers_are_one_and_its_comparison(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Device,7/1/26 - 7/31/26 Clicks,8/1/26 - 8/30/26 Clicks,7/1/26 - 7/31/26 CTR,8/1/26 - 8/30/26 CTR\n"
        "Mobile,17,68,5.2%,6.95%\n"
    )
    assert found.platform == "google_search_console"
    assert {name: total for name, total in sums(only(found)).items() if name.startswith("clicks")} == {
        "clicks": 68,
        "clicks_comparison": 17,
    }


def test_a_first_row_without_names_is_a_total_when_the_others_add_up_to_it(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Campaign name,Day,Impressions,Link clicks,Amount spent (MAD)\n,,30,,12.5\n"
        "Winter,2026-06-01,10,,5\nWinter,2026-06-02,20,,7.5\n"
    )
    table = only(found)
    assert (found.platform, table.rows, table.currency) == ("meta_ads", 2, "MAD")
    assert sums(table) == {"impressions": 30, "link_clicks": None, "spend": 12.5}


def test_what_several_platforms_write_alike_is_asked_about(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Date,Sessions,Users\n2026-06-01,4,3\n")
    assert found.refused is not None
    assert found.refused.key == "exports.several"
    assert set(found.candidates) >= {"ga4", "universal_analytics"}


def test_a_column_read_in_two_ways_stops_the_table_until_somebody_says(read) -> None:  # type: ignore[no-untyped-def]
    text = "Campaign,Day,Currency code,Cost,Clicks\nWinter,03/04/2026,EUR,1.50,5\nWinter,05/04/2026,EUR,2.50,6\n"
    found = read(text)
    assert (2, "ambiguous_date", Severity.ERROR) in told(found)
    assert only(found).records == ()
    (records,) = only(read(text, date_format="%d/%m/%Y")).records
    assert [date.fromordinal(day).month for day in records.days] == [4, 4]


def test_amounts_that_could_be_thousands_or_thousandths_are_asked_about_and_counts_are_not(read) -> None:  # type: ignore[no-untyped-def]
    text = 'Campaign,Day,Cost,Impr.\nWinter,2026-06-01,"1,234","1,234"\nWinter,2026-06-02,"2,345","7,300"\n'
    found = read(text)
    assert [line for line, key, _ in told(found) if key == "ambiguous_number"] == []
    assert sums(only(found)) == {"spend": 3579.0, "impressions": 8534.0}
    alone = read(text.replace(',"1,234","1,234"', ',"1,234",9').replace(',"2,345","7,300"', ',"2,345",7'))
    assert (2, "ambiguous_number", Severity.ERROR) in told(alone)
    assert only(alone).records == ()


def test_cells_that_a_spreadsheet_turned_into_dates_are_an_error(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Campaign,Day,Currency code,Cost,Clicks\nWinter,2026-06-01,EUR,02-May,5\nWinter,2026-06-02,EUR,3.5,6\n"
    )
    assert (2, "damaged", Severity.ERROR) in told(found)
    assert "spend" not in only(found).records[0].metrics


def test_two_currencies_are_told_and_never_added(read) -> None:  # type: ignore[no-untyped-def]
    by_column = read("Campaign,Day,Currency code,Cost\nWinter,2026-06-01,EUR,1.5\nWinter,2026-06-01,MAD,20\n")
    assert {records.currency: list(records.metrics["spend"]) for records in only(by_column).records} == {
        "EUR": [1.5],
        "MAD": [20.0],
    }
    by_symbol = read("Campaign,Day,Cost\nWinter,2026-06-01,€1.50\nWinter,2026-06-02,£2.50\n")
    assert "two_currencies" in {key for _, key, _ in told(by_symbol)}


def test_a_currency_that_the_file_contradicts_is_an_error_and_a_silent_file_takes_the_clients(read) -> None:  # type: ignore[no-untyped-def]
    found = read(ADS, currency="MAD")
    assert (4, "other_currency", Severity.ERROR) not in told(found)  # a currency column tells it, row by row
    assert only(found).records[0].currency == "EUR"
    silent = read("Campaign,Day,Cost,Clicks\nWinter,2026-06-01,1.5,2\n", client_currency="MAD")
    assert only(silent).records[0].currency == "MAD"
    assert "no_currency" in {key for _, key, _ in told(silent)}


def test_footers_and_descriptions_are_no_rows(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Store code,Business name,Calls,Directions,Website clicks\n"
        ",,Number of calls made,Number of direction requests,Number of clicks on the site\n"
        "1,Bakery,3,5,8\n"
    )
    assert (found.platform, only(found).rows) == ("google_business_profile", 1)
    capped = read(
        "Content,Video title,Views,Watch time (hours)\nTotal,,900,3\na1,First,5,1\nb2,Second,7,2\n"
        "Showing top 500 results,,,\n"
    )
    assert only(capped).rows == 2
    assert {total.verdict for total in only(capped).totals if total.id == "video_views"} == {Verdict.MORE}


def test_an_empty_report_is_read_and_says_so(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Date,Clics,Impressions,CTR,Position")
    assert (found.platform, only(found).rows) == ("google_search_console", 0)
    assert (1, "empty", Severity.INFO) in told(found)


def test_a_table_of_no_platform_shows_its_columns_and_is_not_measured(read) -> None:  # type: ignore[no-untyped-def]
    found = read("jour,baguettes,remarque\n2026-06-01,12,oui\n2026-06-02,30,non\n")
    assert found.platform is None
    table = only(found)
    assert sums(table) == {"baguettes": 42}
    assert table.span == Period(date(2026, 6, 1), date(2026, 6, 2))
    assert table.records == ()


def test_the_days_of_a_report_are_those_that_two_columns_tell(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Campaign name,Impressions,Amount spent (EUR),Reporting starts,Reporting ends\n"
        "Winter,10,5,2026-06-01,2026-06-30\n"
    )
    (records,) = only(found).records
    assert (records.grain, records.period) == ("month", Period(date(2026, 6, 1), date(2026, 6, 30)))


def test_results_count_only_what_their_indicator_says(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Campaign name,Day,Results,Result indicator,Amount spent (EUR)\n"
        "Winter,2026-06-01,3,actions:offsite_conversion.fb_pixel_purchase,5\nFans,2026-06-01,90,actions:like,5\n"
    )
    (records,) = only(found).records
    assert records.metrics["conversions"][0] == 3
    assert records.metrics["conversions"][1] != records.metrics["conversions"][1]  # nothing is told
