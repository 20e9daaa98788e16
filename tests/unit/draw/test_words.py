"""Every metric and every channel has its names, and French elides."""

from __future__ import annotations

import re

import pytest

from sitegen.locales import catalogue
from sitegen.model.catalogue import CHANNELS, METRICS


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_metric_has_its_five_forms(language):
    words = catalogue(language)
    for metric in METRICS:
        name, the, of = (words[f"metrics.{metric}.{form}"] for form in ("name", "the", "of"))
        assert words[f"metrics.{metric}.Name"] == name[0].upper() + name[1:]
        assert words[f"metrics.{metric}.The"] == the[0].upper() + the[1:]
        assert the.endswith(name)
        assert of.endswith(name)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_channel_has_a_name(language):
    assert {f"channels.{channel}" for channel in CHANNELS} == {
        key for key in catalogue(language) if key.startswith("channels.")
    }


def test_no_metric_is_named_that_does_not_exist():
    named = {key.split(".")[1] for key in catalogue("fr") if key.startswith("metrics.")}
    assert named == METRICS.keys()


def test_french_articles_elide_and_contract():
    words = catalogue("fr")
    for metric in METRICS:
        the, of = words[f"metrics.{metric}.the"], words[f"metrics.{metric}.of"]
        assert not re.match(r"(le|la) [aeiouyéèh]", the), the
        assert not re.match(r"de (le|les) ", of), of
        contracted = {"les": "des", "le": "du", "la": "de la"}
        article, name = the.split(" ", 1)
        assert of == f"{contracted[article]} {name}"


DISCLAIMER = "figures.crossing.no_proof"  # the one sentence that may: that a link is no proof


def test_no_sentence_of_a_figure_speaks_of_causes():
    for language, cause in (("fr", r"\bcaus|grâce à|à cause|entraîn"), ("en", r"\bcaus|thanks to|due to|because")):
        patterns = [
            str(pattern)
            for key, pattern in catalogue(language).items()
            if key.startswith("figures.") and key != DISCLAIMER
        ]
        assert [pattern for pattern in patterns if re.search(cause, pattern, re.IGNORECASE)] == []
