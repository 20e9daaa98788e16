"""The examples of the advice articles are right: what they say is what the calculation gives, to the last digit shown.

The English text gives the same figures as the French one (test_articles_content).
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

CONTENT = Path(__file__).parents[2] / "content/fr"

FIGURES: tuple[tuple[str, float, str], ...] = (
    ("choisir-ses-kpi", (1900 / 4200 - 1) * -100, "baissent de 55 %"),
    ("choisir-ses-kpi", (15 / 9 - 1) * 100, "montent de 67 %"),
    ("choisir-ses-kpi", 15 * 60_000, "900 000 FCFA"),
    ("choisir-ses-kpi", 15 / 61 * 100, "25 % en juin"),
    ("objectifs-smart", 12_000 * 1.3, "vise 15 600"),
    ("objectifs-smart", 1000 / 1800 * 100, "56 % du rythme"),
    ("objectifs-smart", (8600 / 6000 - 1) * 100, "43 % de plus"),
    ("objectifs-smart", (1 - 1.3 / 1.5) * 100, "13 % de visites en moins"),
    ("objectifs-smart", (1.3 ** (1 / 12) - 1) * 100, "2,2 % par mois"),
    ("roi-tous-couts", 40_000 + 15_000 + 5_000 + 2_000 + 40 * 120, "Total : 66 800 DH"),
    ("roi-tous-couts", (300_000 * 0.45 * 0.6 / 66_800 - 1) * 100, "+21 %"),
    ("roi-tous-couts", (300_000 / 66_800 - 1) * 100, "+349 %"),
    ("roi-tous-couts", 66_800 / 135_000 * 100, "49,5 %"),
    ("roi-tous-couts", 66_800 / (300_000 * 0.35) * 100, "63,6 %"),
    ("roi-tous-couts", 66_800 / 40_000 / 0.45 / 0.6, "6,2 avec tous"),
    ("installer-la-mesure", 160 * 45, "7 200 €"),
    ("installer-la-mesure", 170 / 10_500 * 100, "tombe à 1,6 %"),
    ("installer-la-mesure", 10 / 2_500 * 100, "0,4 %"),
    ("installer-la-mesure", 170 * 45, "7 650 €"),
    ("installer-la-mesure", (7_650 / 7_200 - 1) * 100, "montent de 6 %"),
    ("installer-la-mesure", (1 - 170 / 176) * 100, "L’écart est de 3 %"),
    ("plan-de-mesure", 4 / 6 * 100, "67 % de ses canaux"),
    ("plan-de-mesure", 9 / 30 * 100, "30 % du temps"),
    ("plan-de-mesure", 58 / 145 * 100, "soit 40 %"),
    ("avant-pendant-apres", (620 / 500 - 1) * 100, "+24 %"),
    ("avant-pendant-apres", 500 * 440 / 400, "soit 550"),
    ("avant-pendant-apres", 620 - 550, "environ 70 commandes"),
    ("avant-pendant-apres", 70 + 540 - 500, "110 commandes"),
    ("avant-pendant-apres", 110 * 2_500, "275 000 FCFA"),
    ("avant-pendant-apres", 120 * 2_500, "trouvait 300 000 FCFA"),
    ("journal-de-decisions", 84 / 120 * 100, "70 % de la cible"),
    ("journal-de-decisions", 84 / 6_000 * 100, "1,4 % au lieu"),
    ("journal-de-decisions", 0.018 * 6_000, "108 ventes"),
    ("journal-de-decisions", 5 / 7 * 100, "71 %"),
    ("comparer-en-contexte", 50 / 200 * 100, "soit 25 %"),
    ("comparer-en-contexte", 50 / 300 * 100, "16,7 %"),
    ("comparer-en-contexte", 620 / 30, "20,7"),
    ("comparer-en-contexte", ((300 / 15) / (620 / 30) - 1) * 100, "−3 %"),
    ("croiser-les-donnees", (30_000 / 20_000 - 1) * 100, "vendre 50 % de plus"),
    ("croiser-les-donnees", 52 - 5 - 5, "42 semaines"),
    ("croiser-les-donnees", 660 / 550, "1,20. Elle est parmi"),
    ("croiser-les-donnees", 31 - 10, "21 autres"),
    ("croiser-les-donnees", 2**10, "1 024 suites"),
    ("croiser-les-donnees", math.comb(10, 5) / 2**10 * 100, "24,6 %"),
    ("croiser-les-donnees", (math.comb(10, 7) + math.comb(10, 8)) / 2**10 * 100, "16,1 %"),
    ("croiser-les-donnees", (math.comb(10, 9) + math.comb(10, 10)) / 2**10 * 100, "1,1 %"),
    ("rapport-direction", 24 - 8, "16 autres"),
    ("rapport-direction", (80 - 20) / 200 * 100, "+30 %"),
    ("rapport-direction", (80 - 20) / 100 * 100, "+60 %"),
    ("role-des-medias-sociaux", 20 / 5, "4 heures par compte"),
    ("role-des-medias-sociaux", (36 / 24 - 1) * 100, "montent de 50 %"),
    ("buts-et-budget", 18_000 + 12_000 + 6_000 + 2_000 + 2_000, "40 000 DH"),
    ("buts-et-budget", (18_000 + 6_000 + 2_000) / 40_000 * 100, "soit 65 %"),
    ("buts-et-budget", (3_000 + 2_000) / 40_000 * 100, "12,5 %"),
    ("buts-et-budget", 31_000 / 40_000 * 100, "77,5 %"),
    ("de-la-presse-au-numerique", 120_000 / 300, "400 DH par demande"),
    ("de-la-presse-au-numerique", 30_000 / 240, "125 DH par demande"),
    ("de-la-presse-au-numerique", 120_000 - 30_000 * 300 / 240, "82 500 DH, soit 69 %"),
    ("de-la-presse-au-numerique", 240 * 400, "96 000 DH dans la presse"),
    ("de-la-presse-au-numerique", 96_000 - 30_000, "66 000 DH"),
    ("de-la-presse-au-numerique", 66_000 - 50_000, "16 000 DH. On peut"),
    ("de-la-presse-au-numerique", 30_000 + 50_000, "80 000 DH : 40 000 DH de moins"),
    ("de-la-presse-au-numerique", 40_000 - 60 * 400, "16 000 DH. Les demandes"),
    ("de-la-presse-au-numerique", 96_000 - 50_000, "46 000 DH"),
    ("de-la-presse-au-numerique", 120_000 / 4 / 4, "7 500 DH"),
    ("de-la-presse-au-numerique", 7_500 / 400, "19 demandes environ"),
    ("cout-du-service-client", 15 * 3_600 / 60, "900 FCFA"),
    ("cout-du-service-client", 10 * 3_600 / 60 / 3, "200 FCFA"),
    ("cout-du-service-client", 2_000 * 900 + 1_000 * 450, "2 250 000 FCFA"),
    ("cout-du-service-client", 1_400 * 900 + 800 * 450 + 1_200 * 200, "1 860 000 FCFA"),
    ("cout-du-service-client", 390_000 / 2_250_000 * 100, "soit 17 %"),
    ("cout-du-service-client", 3_400 / 2_500, "à 1,36"),
    ("cout-du-service-client", 1_860_000 / 2_500, "à 744 FCFA"),
    ("repondre-aux-messages", (48 + 6) / 60 * 100, "90 % des clients"),
    ("repondre-aux-messages", 48 / 60 * 100, "est de 80 %"),
    ("repondre-aux-messages", (10 + 15 + 20 + 25 + 40 + 60 + 90 + 300) / 8, "70 minutes"),
    ("repondre-aux-messages", sorted([10, 15, 20, 25, 40, 60, 90, 300, math.inf])[4], "40 minutes"),
    ("repondre-aux-messages", 56 / 62 * 100, "soit 90 %"),
    ("equipe-de-reponse", 150 * 6 / 60, "il faut 15 heures"),
    ("equipe-de-reponse", 12 / 15 * 100, "80 % du besoin"),
    ("equipe-de-reponse", 320 * 6 / 60, "32 heures"),
    ("equipe-de-reponse", 240 * 5 / 60, "20 heures"),
    ("equipe-de-reponse", 8 * 22, "176 $"),
    ("commentaires-negatifs", 14 / 40 * 100, "soit 35 %"),
    ("commentaires-negatifs", 22 + 8 + 6 + 4, "40 commentaires"),
    ("commentaires-negatifs", 28 / 32 * 100, "soit 88 %"),
    ("commentaires-negatifs", 180 / 9, "20 € en moyenne"),
    ("vendre-par-messagerie", 54 * 18_000, "972 000 FCFA"),
    ("vendre-par-messagerie", 972_000 * 0.4 - 60 * 1_500, "298 800 FCFA"),
    ("vendre-par-messagerie", 240 - 150, "90 questions"),
    ("vendre-par-messagerie", 22 * 2 * 1_500, "66 000 FCFA"),
    ("vendre-par-messagerie", (74 - 54) * 18_000 * 0.4, "144 000 FCFA"),
    ("paiement-a-la-livraison", 608 * 150 - 800 * 35 - (800 - 608) * 15 - 40_000, "Il reste 20 320 DH"),
    ("paiement-a-la-livraison", 40_000 / 608, "66 DH par commande encaissée"),
    ("paiement-a-la-livraison", 1_000 * (150 - 35) - 40_000, "75 000 DH"),
    ("paiement-a-la-livraison", 684 * 150 - 780 * 35 - (780 - 684) * 15 - 42_500, "Il reste 31 360 DH"),
    ("paiement-a-la-livraison", 31_360 - 20_320, "11 040 DH"),
    ("influenceurs", 6_000 + 600 + 5 * 120, "7 200 DH"),
    ("influenceurs", (38 - 8) * 110, "3 300 DH"),
    ("influenceurs", 7_200 - 3_300, "3 900 DH"),
    ("influenceurs", math.ceil(7_200 / 110), "fallu 66"),
    ("influenceurs", (24 - 3) * 110 - 2_000, "gain de 310 DH"),
    ("ramadan-et-temps-forts", 3 * 50_000 + 30_000, "180 000 DH"),
    ("ramadan-et-temps-forts", 2 * 54_000 + 2 * 33_000, "174 000 DH"),
    ("ramadan-et-temps-forts", (1 - 174 / 180) * 100, "baissent de 3 %"),
    ("ramadan-et-temps-forts", (54 / 50 - 1) * 100, "8 % de plus"),
    ("ramadan-et-temps-forts", (33 / 30 - 1) * 100, "10 % de plus"),
    ("crm-et-prospects", 20 / 80 * 100, "soit 25 %"),
    ("crm-et-prospects", 12 / 80 * 100, "soit 15 %"),
    ("crm-et-prospects", 17 / 84 * 100, "soit 20 %"),
    ("crm-et-prospects", 5 * 900, "4 500 $"),
    ("responsable-et-formation", 8 + 12, "20 heures par semaine"),
    ("responsable-et-formation", 6 * 4 * 2_500 + 40_000, "Total : 100 000 FCFA"),
    ("responsable-et-formation", (15 - 5) * 2_500, "25 000 FCFA"),
    ("contenu-utile", 22 / 40 * 100, "55 % du total"),
    ("contenu-utile", 22 * 1 + 10 * 2 + 8 * 5, "82 à 132"),
    ("contenu-utile", 26 / 118 * 100, "22 % contre 21 %"),
    ("ligne-editoriale", 22 / 40 * 100, "soit 55 %"),
    ("ligne-editoriale", 40 * 50 / 60, "33 heures"),
    ("ligne-editoriale", 24 * 50 / 60, "20 heures"),
    ("ligne-editoriale", 21 / 24 * 100, "88 %"),
    ("ligne-editoriale", 12 / 21 * 100, "soit 57 %"),
    ("ligne-editoriale", 390 - 300 * 1.2, "30 visites de plus"),
    ("quatre-audits", 46 * 35, "1 610 €"),
    ("quatre-audits", 2_400 + 10 * 35, "2 750 €"),
    ("quatre-audits", 14 * 35 + 1_300 + 6 * 35, "Total : 2 000 €"),
    ("quatre-audits", 2_750 - 2_000, "750 € de moins"),
    ("quatre-audits", (40 - 34) / 40 * 100, "15 %. C’est le premier constat"),
    ("maturite-et-outils", (1 + 2 + 0 + 1 + 2 + 2) / 6, "1,3"),
    ("maturite-et-outils", 30_000 + 25_000 + 90_000 + 18_000 + 49_000, "212 000 FCFA"),
    ("maturite-et-outils", (25_000 + 18_000) * 12, "516 000 FCFA"),
)


def text(name: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", (CONTENT / f"{name}.md").read_text(encoding="utf-8"))


def shown(told: str) -> tuple[float, int]:
    """The first number of a phrase, and how many decimals it has."""
    number = re.search(r"\d{1,3}(?: \d{3})+|\d+(?:,\d+)?", told)
    assert number
    digits = number[0].replace(" ", "").replace(",", ".")
    return float(digits), len(digits.partition(".")[2])


@pytest.mark.parametrize(("name", "value", "told"), FIGURES)
def test_a_figure_is_what_the_calculation_gives(name: str, value: float, told: str) -> None:
    number, decimals = shown(told)
    assert abs(abs(value) - number) <= 0.5 * 10**-decimals + 1e-9
    assert told in text(name)


def test_every_article_has_its_figures_worked_out() -> None:
    worked = [name for name, _, _ in FIGURES]
    assert {file.stem for file in CONTENT.glob("*.md")} == set(worked)
    assert min(map(worked.count, worked)) >= 2


def test_three_pairs_of_independent_curves_in_four_look_linked() -> None:
    """Croiser les données: 104 weeks at random, Pearson's r, p < 0.05 (Yule, 1926; Granger and Newbold, 1974)."""
    weeks, pairs, critical = 104, 2_000, 1.9835  # Student's t with 102 degrees of freedom
    first, second = np.random.default_rng(1926).standard_normal((2, pairs, weeks)).cumsum(axis=2)
    first, second = (curves - curves.mean(axis=1, keepdims=True) for curves in (first, second))
    r = (first * second).sum(axis=1) / np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    t = np.abs(r) * np.sqrt((weeks - 2) / (1 - r**2))
    assert 0.70 < (t > critical).mean() < 0.80
    assert "environ trois paires sur quatre" in text("croiser-les-donnees")
