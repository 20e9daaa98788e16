"""What is known, and what each check of the four audits makes of it."""

from __future__ import annotations

from datetime import timedelta

from .cases import TODAY
from .known import Known, asked, carded, decided, done, export, lab, quality, said, told

OLD = TODAY - timedelta(63)
SOCIAL = {"active_channels": ["website", "instagram", "facebook"]}
SEEN = tuple(export("metrics/social.csv", "likes", channels=(each,)) for each in ("instagram", "facebook"))
PAST = export("a.csv", "likes", channels=("instagram",), end=OLD)
PHONE = {"performance": 90.0, "accessibility": 90.0, "seo": 90.0}
LISTING = {"channels": ("google_business_profile",)}
CONSOLE = {"platform": "google_search_console"}

CASES: Known = [
    *asked("E1.01", "consent"),
    ("E1.02", carded(sources=(export("metrics/site.csv", "sessions", "transactions"),)), 1.0, "recorded"),
    ("E1.02", carded(sources=(export("metrics/site.csv", "sessions"),)), "unknown", "unknown"),
    *asked("E1.02", "event_tracking", declared=True),
    *asked("E1.03", "campaign_tags"),
    ("E1.04", decided(100.0, 110.0), 1.0, "gap"),
    ("E1.04", decided(100.0, 70.0), 0.5, "gap"),
    ("E1.04", decided(100.0, 69.0), 0.0, "gap"),
    *asked("E1.04", "figures_reconciled", declared=True),
    ("E1.05", carded(quality=(quality("sessions", 0.1), quality("likes", 0.3))), 1.0, "quality"),
    ("E1.05", carded(quality=(quality("sessions", 0.2, 0.1),)), 0.5, "quality"),
    ("E1.05", carded(quality=(quality("sessions", 0.3, 0.1),)), 0.0, "quality"),
    ("E1.05", said(), "unknown", "no_data"),
    *asked("E2.01", "account_ownership"),
    *asked("E2.02", "profiles_complete"),
    ("E2.03", carded(sources=(export("a.csv", "sessions", channels=("organic_social",)),)), 1.0, "apart"),
    ("E2.03", carded(sources=(export("a.csv", "sessions", channels=("website",)),)), 0.0, "together"),
    ("E2.03", said(), "unknown", "no_data"),
    ("E2.04", carded(authored=SOCIAL, sources=SEEN), 1.0, "all"),
    ("E2.04", carded(authored=SOCIAL, sources=SEEN[:1]), 0.5, "some"),
    ("E2.04", carded(authored=SOCIAL, sources=(PAST,)), 0.0, "some"),
    ("E2.04", carded(authored={"active_channels": ["website"]}), "not_applicable", "not_applicable"),
    ("E2.04", said(), "unknown", "no_data"),
    ("E3.01", lab(PHONE), 1.0, "score"),
    ("E3.01", lab(PHONE, {"performance": 50.0}), 0.5, "score"),
    ("E3.01", lab({"performance": 49.0}), 0.0, "score"),
    ("E3.01", lab(PHONE, device="desktop"), "unknown", "no_data"),
    ("E3.02", carded(comparisons=(told("checkouts", 100.0), told("transactions", 50.0))), 1.0, "share"),
    ("E3.02", carded(comparisons=(told("checkouts", 100.0), told("transactions", 30.0))), 0.5, "share"),
    ("E3.02", carded(comparisons=(told("checkouts", 100.0), told("transactions", 29.0))), 0.0, "share"),
    *done("E3.02", "checkout_tested", 92),
    *asked("E3.03", "forms_tested"),
    ("E3.04", lab(PHONE), 1.0, "score"),
    ("E3.04", lab({"accessibility": 50.0}, device="desktop"), 0.5, "score"),
    ("E3.04", lab(PHONE, {"accessibility": 49.0}), 0.0, "score"),
    ("E3.04", said(), "unknown", "no_data"),
    *done("E3.05", "user_tests"),
    ("E4.01", lab(PHONE), 1.0, "open"),
    ("E4.01", lab(PHONE, PHONE, failing=("is-crawlable",)), 0.5, "hidden"),
    ("E4.01", lab(PHONE, failing=("is-crawlable",)), 0.0, "hidden"),
    ("E4.01", lab({"performance": 9.0}), "unknown", "no_data"),
    *asked("E4.02", "non_brand_search"),
    ("E4.03", carded(sources=(export("a.csv", "calls", **LISTING),)), 1.0, "fresh"),
    ("E4.03", carded(sources=(export("a.csv", "calls", **LISTING, end=OLD),)), 0.5, "stale"),
    *asked("E4.03", "local_listing", declared=True),
    ("E4.04", lab(PHONE), 1.0, "both"),
    ("E4.04", lab(PHONE, failing=("meta-description",)), 0.5, "no_description"),
    ("E4.04", lab(PHONE, failing=("meta-description", "document-title")), 0.0, "no_title"),
    ("E4.04", said(), "unknown", "no_data"),
    ("E4.05", carded(sources=(export("a.csv", "clicks", **CONSOLE),)), 1.0, "fresh"),
    ("E4.05", carded(sources=(export("a.csv", "clicks", **CONSOLE, end=OLD),)), 0.5, "stale"),
    *asked("E4.05", "search_console", declared=True),
]
