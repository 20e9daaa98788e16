"""Small files as platforms write them, of invented accounts, in languages and with habits that no private sample has.

Each is read as the numbers beside it, or refused or asked about with the sentence beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from sitegen.check.declared import Declared
from sitegen.check.exports import reading
from sitegen.errors import Severity
from sitegen.formats import Words
from sitegen.messages import Period
from sitegen.model.exports import Reading, Verdict
from sitegen.read.encodings import text_of
from sitegen.read.exports import of_text


def read(text: str, encoding: str = "utf-8", **declared: object) -> Reading:
    return reading(of_text(text_of(text.encode(encoding), "file.csv", None)), Declared(**declared))  # type: ignore[arg-type]


def told(found: Reading) -> set[tuple[int, str]]:
    """Line and kind of all that is more than a remark."""
    return {
        (each.line, each.message.key.removeprefix("exports."))
        for each in found.problems
        if each.severity is not Severity.INFO
    }


@dataclass(frozen=True)
class File:
    """A file, what it is, and what is read of it."""

    text: str
    platform: str
    language: str
    report: str
    rows: int
    sums: dict[str, float | None]
    problems: set[tuple[int, str]] = field(default_factory=set)


READ = {
    "German Google Ads, subtotals below each campaign": File(
        "Kampagnenbericht\n1. Juni 2026 - 30. Juni 2026\nKampagne;Tag;Währungscode;Kosten;Klicks;Impr.\n"
        "Marke;01.06.2026;EUR;1.010,50;12;1.200\nMarke;02.06.2026;EUR;20,00;8;900\n"
        "Gesamt: Marke;;EUR;1.030,50;20;2.100\nFern;01.06.2026;EUR;5,00;1;10\n"
        "Fern;13.06.2026;EUR;6,00;2;30\nGesamt: Fern;;EUR;11,00;3;40\n"
        "Gesamt: Konto;;EUR;1.041,50;23;2.140\n",
        "google_ads", "de", "campaigns_by_day", 4, {"spend": 1041.5, "clicks": 23, "impressions": 2140},
    ),
    "English Meta Ads, subtotals and no grand total": File(
        "Campaign name,Reporting starts,Reporting ends,Day,Amount spent (EUR),Impressions,Reach\n"
        "A,2026-06-01,2026-06-02,2026-06-01,10,100,90\nA,2026-06-01,2026-06-02,2026-06-02,400,200,150\n"
        "Subtotal,,,,410,300,\nB,2026-06-01,2026-06-02,2026-06-01,1,10,9\nB,2026-06-01,2026-06-02,2026-06-02,2,20,19\n"
        "Subtotal,,,,3,30,\n",
        "meta_ads", "en", "campaigns_by_day", 4, {"spend": 413, "impressions": 330, "reach": 268},
    ),
    "French Matomo, a row of averages": File(
        "Date,Visites,Pages vues,Utilisateurs\n2026-06-01,10,100,9\n2026-06-02,30,200,12\nMoyenne,20,150,\n",
        "matomo", "fr", "visits", 2, {"visits": 40, "pageviews": 300, "users": 21},
    ),
    "English Shopify, a total and an average": File(
        "Day,Sessions,Online store visitors\n2026-06-01,10,9\n2026-06-02,30,20\nTotal,40,29\nAverage,20,14.5\n",
        "shopify", "en", "sessions_by_day", 2, {"sessions": 40, "visitors": 29},
    ),
    "English Meta Ads, its header once more in the middle": File(
        "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,2026-06-01,10,100,9\n"
        "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,2026-06-02,20,200,15\n",
        "meta_ads", "en", "campaigns_by_day", 2, {"spend": 30, "impressions": 300, "link_clicks": 24},
    ),
    "some days that cannot be read": File(
        "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,2026-06-01,10,100,9\nA,soon,20,200,15\n"
        "A,2026-06-31,20,200,15\n",
        "meta_ads", "en", "campaigns_by_day", 3, {"spend": 50, "impressions": 500, "link_clicks": 39}, {(3, "undated")},
    ),
    "no day that can be read": File(
        "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,soon,10,100,9\nA,later,20,200,15\n",
        "meta_ads", "en", "campaigns_by_day", 2, {"spend": 30, "impressions": 300, "link_clicks": 24},
        {(2, "undated"), (1, "unmeasured.no_period")},
    ),
    "days in doubt are asked about, and nothing else is said of them": File(
        "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,03/04/2026,10,100,9\nA,04/04/2026,20,200,15\n"
        "B,05/04/2026,20,200,15\n",
        "meta_ads", "en", "campaigns_by_day", 3, {"spend": 50, "impressions": 500, "link_clicks": 39},
        {(2, "ambiguous_date")},
    ),
    "years as periods": File(
        "Campaign report\nAll time\nCampaign,Year,Currency code,Cost,Clicks,Impr.\nA,2023,EUR,10.00,1,10\n"
        "A,2024,EUR,20.00,2,20\n",
        "google_ads", "en", "campaigns", 2, {"spend": 30, "clicks": 3, "impressions": 30},
        {(3, "unmeasured.long_rows")},
    ),
    "cells of a sign alone": File(
        "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,2026-06-01,+,100,9\nA,2026-06-02,-,200,+15\n"
        "A,2026-06-03,-,200,-\nB,2026-06-03,5,7,1\n",
        "meta_ads", "en", "campaigns_by_day", 4, {"spend": 5, "impressions": 507, "link_clicks": 25},
        {(2, "not_a_number")},
    ),
    "French Search Console saved by a spreadsheet": File(
        "Date;Clics;Impressions;CTR;Position\n01/06/2026;12;1 200;1 %;8,4\n13/06/2026;10;1 000;1,25 %;9\n;;;;\n",
        "google_search_console", "fr", "performance_by_day", 2,
        {"clicks": 22, "impressions": 2200, "ctr": 2.25, "position": 17.4},
    ),
    "bounds and dashes are no values": File(
        "Campaign,Day,Currency code,Cost,Clicks,Impr.,Search impr. share\nA,2026-06-01,EUR,10.00,1,10,< 10%\n"
        "A,2026-06-02,EUR, --,2,20, --\nA,2026-06-03,EUR,5.00,2,20,> 90%\n",
        "google_ads", "en", "campaigns_by_day", 3,
        {"spend": 15, "clicks": 5, "impressions": 50, "search_impression_share": None},
    ),
    "French Meta Ads, narrow no-break spaces": File(
        "Nom de la campagne;Jour;Montant dépensé (EUR);Impressions;Couverture\n"
        "Été;2026-06-01;1\u202f234,50;12\u202f345;9\u202f999\nÉté;2026-06-02;234,50;2\u202f345;999\n",
        "meta_ads", "fr", "campaigns_by_day", 2, {"spend": 1469, "impressions": 14690, "reach": 10998},
    ),
    "a credit": File(
        "Campaign,Day,Currency code,Cost,Clicks,Impr.\nA,2026-06-01,EUR,10.00,1,10\nCredit,2026-06-02,EUR,-4.00,0,0\n",
        "google_ads", "en", "campaigns_by_day", 2, {"spend": 6, "clicks": 1, "impressions": 10}, {(3, "negative")},
    ),
    "Spanish Meta Ads": File(
        "Nombre de la campaña,Día,Importe gastado (EUR),Impresiones,Alcance,Clics en el enlace,Inicio del informe,"
        'Fin del informe\nVerano,2026-06-01,"10,50",1.200,900,12,2026-06-01,2026-06-01\n',
        "meta_ads", "es", "campaigns_by_day", 1, {"spend": 10.5, "impressions": 1200, "reach": 900, "link_clicks": 12},
    ),
    "Italian Search Console": File(
        "Data,Clic,Impressioni,CTR,Posizione\n2026-06-01,12,1200,1%,8.4\n2026-06-02,10,1000,1%,9.1\n",
        "google_search_console", "it", "performance_by_day", 2,
        {"clicks": 22, "impressions": 2200, "ctr": 2, "position": 17.5},
    ),
    "Arabic Google Ads, with digits of its own": File(
        "اليوم\tالحملة\tرمز العملة\tالتكلفة\tالنقرات\tمرات الظهور\n٢٠٢٦-٠٦-٠١\tصيف\tMAD\t١٠٫٥٠\t١٢\t١٬٢٠٠\n"
        "الإجمالي: الحساب\t\tMAD\t١٠٫٥٠\t١٢\t١٬٢٠٠\n",
        "google_ads", "ar", "campaigns_by_day", 1, {"spend": 10.5, "clicks": 12, "impressions": 1200},
    ),
    "French Pinterest, an ad account by day": File(
        "Date,Impressions,Clics sur l'épingle,Dépenses dans la devise du compte,Enregistrements\n"
        "2026-06-01,100,3,1.5,2\n2026-06-02,200,4,2.5,3\n",
        "pinterest", "fr", "ads_account_by_day", 2, {"impressions": 300, "clicks": 7, "spend": 4, "saves": 5},
    ),
    "Dutch GA4, its channels under a title that nobody knows": File(
        "# ----------------------------------------\n# Verkeersacquisitie\n# Account: Voorbeeld\n# ---------------\n"
        "# \n# Startdatum: 20260601\n# Einddatum: 20260628\nSessie: kanaalgroep van dit voorbeeld,Sessies,"
        "Betrokken sessies,Belangrijke gebeurtenissen\nOrganic Search,1200,800,12\nPaid Search,300,200,4\n",
        "ga4", "nl", "channels", 2, {"sessions": 1500, "engaged_sessions": 1000, "conversions": 16},
    ),
    "Portuguese TikTok": File(
        "Nome da campanha,Data,Custo,Impressões,Cliques (destino),Conversões,Moeda\n"
        "Verão,2026-06-01,10.50,1200,12,1,BRL\n"
        "Total de 1 resultado,-,10.50,1200,12,1,-\n",
        "tiktok", "pt", "campaigns_by_day", 1,
        {"spend": 10.5, "impressions": 1200, "link_clicks": 12, "conversions": 1},
    ),
    "French Microsoft Ads, with its footer": File(
        "Nom du rapport : Campagnes\nHeure du rapport : 01/06/2026 - 14/06/2026\nFuseau horaire : (GMT+01:00) Paris\n\n"
        "Jour;Nom de la campagne;Code devise;Impressions;Clics;Dépense\n01/06/2026;Été;EUR;1200;12;10,50\n"
        "14/06/2026;Été;EUR;1200;12;10,50\nTotal;;;2400;24;21,00\n©2026 Microsoft Corporation. Tous droits réservés.\n",
        "microsoft_ads", "fr", "campaigns_by_day", 2, {"impressions": 2400, "clicks": 24, "spend": 21},
    ),
    "rates that a spreadsheet has turned into dates": File(
        "Date,Clicks,Impressions,CTR,Position\n2026-06-01,12,1200,02-May,8.4\n2026-06-02,10,1000,01-Jan,9.1\n",
        "google_search_console", "en", "performance_by_day", 2,
        {"clicks": 22, "impressions": 2200, "ctr": None, "position": 17.5}, {(2, "damaged")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_right(name: str) -> None:
    file = READ[name]
    found = read(file.text)
    (table,) = found.tables
    assert (found.platform, found.language, table.report) == (file.platform, file.language, file.report)
    assert (table.rows, {each.id: each.total for each in table.figures}) == (file.rows, pytest.approx(file.sums))
    assert all(total.verdict is Verdict.EQUAL for total in table.totals)
    assert told(found) == file.problems


def test_subtotals_that_do_not_tell_what_their_rows_do_are_told() -> None:
    text = READ["English Meta Ads, subtotals and no grand total"].text.replace("Subtotal,,,,3,30,", "Subtotal,,,,3,29,")
    assert (7, "total_less") in told(read(text))


def test_a_campaign_called_average_counts() -> None:
    found = read(
        "Campaign report\n1 June 2026 - 5 June 2026\nCampaign,Currency code,Cost,Clicks,Impr.\nWinter,EUR,10,2,30\n"
        "Average,EUR,1000,900,9000\nSummer,EUR,20,4,60\n"
    )
    assert found.tables[0].rows == 3


def test_an_average_of_campaigns_is_known_by_its_figures() -> None:
    found = read(
        "Campaign report\n1 June 2026 - 5 June 2026\nCampaign,Currency code,Cost,Clicks,Impr.\nWinter,EUR,10,2,30\n"
        "Summer,EUR,20,4,60\nAverage,EUR,15,3,45\n"
    )
    assert found.tables[0].rows == 2
    assert {each.id: each.total for each in found.tables[0].figures} == {"spend": 30, "clicks": 6, "impressions": 90}


def test_tables_below_each_other_with_the_same_header_are_both_read() -> None:
    part = "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nA,2026-06-0{},10,100,9\n"
    found = read(part.format(1) + "\n" + part.format(2))
    assert [each.span for each in found.tables] == [Period(date(2026, 6, day), date(2026, 6, day)) for day in (1, 2)]


KEYWORDS = (
    "Keyword\tCurrency\tAvg. monthly searches\tThree month change\tYoY change\tCompetition\t"
    "Competition (indexed value)\tTop of page bid (low range)\tTop of page bid (high range)"
)
REFUSED = {
    "a keyword planner, French file, English titles": (
        (
            f"Statistiques de mots clés 2026-06-12\n1 juin 2025 - 31 mai 2026\n{KEYWORDS}\n"
            "vélo\tEUR\t5000\t0%\t0%\tÉlevée\t100\t0,21\t0,80\n"
        ),
        "keyword research",
    ),
    "a keyword planner, searches by month": (
        (
            f"Keyword Stats 2026-06-12\nJune 1, 2025 - May 31, 2026\n{KEYWORDS}\tSearches: Jun 2025\t"
            "Searches: Jul 2025\n"
            "bike\tEUR\t5000\t0%\t0%\tHigh\t100\t0.21\t0.80\t5000\t500\n"
        ),
        "keyword research",
    ),
    "a keyword planner, French titles": (
        (
            "Statistiques de mots clés\nMot clé\tDevise\tNbre moy. de recherches mensuelles\tConcurrence\n"
            "vélo\tEUR\t5000\tÉlevée\n"
        ),
        "keyword research",
    ),
    "French contacts": (
        "Prénom;Nom;E-mail;Téléphone;Ville\nFictive;Exemple;fictive@example.org;+33 6 00 00 00 00;Lyon\n",
        "list of contacts",
    ),
    "German contacts": (
        (
            "Vorname,Nachname,E-Mail-Adresse,Firma,Kunde seit\n"
            "Erfunden,Beispiel,erfunden@example.org,Musterfirma,2024-01-02\n"
        ),
        "list of contacts",
    ),
    "HubSpot contacts": (
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date\n"
            "101,Invented,Sample,invented@example.org,+1 202 555 0100,New,2026-06-01 10:11\n"
        ),
        "list of contacts",
    ),
    "Brevo contacts": (
        "CONTACT ID,EMAIL,NOM,PRENOM,SMS,ADDED_TIME\n1,inventee@example.org,EXEMPLE,Inventée,33600000000,01-06-2026\n",
        "list of contacts",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_report_is_refused_as_what_it_is(name: str) -> None:
    text, what = REFUSED[name]
    found = read(text)
    assert found.refused is not None
    assert found.refused.key == "exports.no_report"
    sentence = Words("en").say(found.refused)
    assert what in sentence
    assert found.tables == ()
    assert "Invented" not in sentence + repr(found)
    assert "example.org" not in repr(found)


def test_a_table_about_customers_keeps_its_figures_and_drops_them() -> None:
    found = read(
        "Customer name,Email,Total orders,Total spent\nInvented Sample,invented@example.org,3,120.50\n"
        "Made Up,made@example.org,1,20\n"
    )
    (table,) = found.tables
    assert (table.dropped, {each.header: each.total for each in table.figures}) == (
        2,
        {"Total orders": 4, "Total spent": 140.5},
    )
    assert "Invented" not in repr(found)


def test_a_column_of_years_is_no_figure() -> None:
    found = read("Année;Impressions;Clics;Coût\n2023;1 000;10;12,50\n2024;2 000;20;25,50\n")
    assert [each.header for each in found.tables[0].figures] == ["Impressions", "Clics", "Coût"]


def test_anybody_s_own_table_by_month_with_a_total() -> None:
    (table,) = read("Month,Leads,Notes\n2026-01,12,ok\n2026-02,14,\nTotal,26,\n").tables
    assert (table.rows, table.span) == (2, Period(date(2026, 1, 1), date(2026, 2, 28)))
    assert [(each.header, each.total) for each in table.figures] == [("Leads", 26)]


# ---------------------------------------------------------------- when it was made, and rows without a name

MADE = """Campaign Performance Report (in UTC)
{made}

Start Date (in UTC)\tCampaign Name\tCurrency\tTotal Spent\tImpressions\tClicks
6/1/2026\tSummer\tEUR\t10.50\t1200\t12
6/13/2026\tSummer\tEUR\t10.50\t1200\t12
"""


@pytest.mark.parametrize(
    "made",
    [
        "Date Generated: July 2, 2026, 9:19 AM",
        "Report generated on 2026-07-02 09:19:00 UTC",
        "Généré le 2 juillet 2026 à 09:19",
        "Date de génération : 2 juillet 2026 09:19",
        "# Downloaded 2026-07-02",
        "Exportado el 2 de julio de 2026",
        "Erstellt am 2. Juli 2026",
        "Relatório gerado em 2026-07-02",
        "Esportato il 2026-07-02",
        "Gegenereerd op 2026-07-02T09:19:00Z",
        "تاريخ التصدير: 2026-07-02",
    ],
)
def test_the_day_on_which_a_report_was_made_is_no_day_that_it_is_about(made: str) -> None:
    (table,) = read(MADE.format(made=made)).tables
    (records,) = table.records
    assert records.exported == date(2026, 7, 2)
    assert table.period is None
    assert table.span == Period(date(2026, 6, 1), date(2026, 6, 13))


@pytest.mark.parametrize("line", ["Summer generation 2026-07-02", "Report Start: June 1, 2026", "Generated 03/04/2026"])
def test_no_other_line_and_no_doubtful_day_is_taken_for_it(line: str) -> None:
    assert read(MADE.format(made=line)).tables[0].records[0].exported is None


def test_what_is_declared_counts_before_the_file() -> None:
    found = read(MADE.format(made="Generated 2026-07-02"), exported=date(2026, 7, 9))
    assert found.tables[0].records[0].exported == date(2026, 7, 9)


@pytest.mark.parametrize("name", ["(not set)", "(other)", "(autres)", "(nicht festgelegt)", "(Otros)"])
def test_the_share_of_rows_without_a_name(name: str) -> None:
    found = read(
        "# Start date: 20260601\n# End date: 20260602\nSession campaign,Sessions,Key events\nSummer,60,4\n"
        f"{name},40,0\n"
    )
    (records,) = found.tables[0].records
    assert records.unnamed == {"sessions": pytest.approx(0.4)}


def test_names_that_only_speak_of_others_are_names() -> None:
    found = read(
        "# Start date: 20260601\n# End date: 20260602\nSession campaign,Sessions,Key events\nother,40,1\n(direct),4,1\n"
    )
    assert found.tables[0].records[0].unnamed == {}


def test_a_table_without_days_is_not_about_the_day_on_which_it_was_made() -> None:
    text = "Campaign report\nDownloaded: 2 July 2026\nCampaign,Currency code,Cost,Clicks,Impr.\nWinter,EUR,10,2,30\n"
    (table,) = read(text).tables
    assert (table.period, table.records) == (None, ())
    assert table.unmeasured is not None
    assert table.unmeasured.key == "exports.unmeasured.no_period"
