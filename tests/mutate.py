"""Plants faults in a copy of the project, one at a time, and runs the tests that guard against each: they must fail.

    python tests/mutate.py

A fault that no test notices, or whose text is no longer in the code, fails the run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = {".git", ".venv", ".sitegen", "output", "preview", "build", "dist"}  # of the project's own folder
AT_ONCE = 2
PASSED, FAILED = 0, 1  # pytest's exit codes


@dataclass(frozen=True)
class Fault:
    """`old` stands once in `file`; with `new` in its place, `tests` must fail."""

    what: str
    file: str
    old: str
    new: str
    tests: str


def faults(file: str, tests: str, *changes: tuple[str, str, str]) -> tuple[Fault, ...]:
    """Faults of one file that the same tests guard against: what it is, the text, what is written in its place."""
    return tuple(Fault(what, file, old, new, tests) for what, old, new in changes)


FORMATS, CATALOGUES = "tests/unit/test_formats.py", "tests/unit/test_catalogues.py"
MEASURE, CHECK, PROOF = "tests/unit/measure/test_", "tests/unit/check/test_", "tests/unit/proof/test_"
DIAGNOSE = "tests/unit/diagnose/test_"
EXPORTS = "tests/unit/check/exports/test_"
STATUS, GOLDEN = "tests/unit/diagnose/test_status.py", "tests/test_golden.py"
SITE = "tests/test_deterministic.py::test_"

SEAL, SEALED = "tests/unit/seal/test_", "tests/sites/test_sealed.py::test_"

FAULTS = (
    *faults(
        "sitegen/plot/__init__.py",
        "tests/unit/plot/test_engine.py",
        (
            "two threads in the engine",
            "        with _ONE_AT_A_TIME:\n            svg =",
            "        if True:\n            svg =",
        ),
    ),
    # sealed portals
    *faults(
        "sitegen/build/sealing.py",
        f"{SEALED}nothing_that_is_published_tells_of_the_client",
        ("a sealed page with its words beside it", "render.gate_filled(page, name, sealed)", "page + content"),
    ),
    *faults(
        "sitegen/build/sealing.py",
        f"{SEALED}names_and_folders_are_opaque",
        ("names that tell", "INDEX if address == self.first else box.name(address)", 'address.replace("/", "-")[:-5]'),
    ),
    *faults(
        "sitegen/build/sealing.py",
        f"{SEALED}without_the_passphrase_nothing_private_is_published_and_it_is_said",
        (
            "a strict build that forgets who has keys",
            "for slug in found if keys is None)",
            "for slug in found if False)",
        ),
    ),
    *faults(
        "sitegen/build/sealing.py",
        f"{SEALED}a_copied_folder_does_not_share_its_readers",
        ("another client's readers", "if ring is not None and ring.owner != slug:", "if False:"),
    ),
    *faults(
        "sitegen/publish/sealing.py",
        f"{SEALED}publishing_refuses_a_weak_passphrase",
        ("a weak passphrase published", "if slot.bits < BITS:", "if slot.bits < 0:"),
    ),
    *faults(
        "sitegen/publish/sealing.py",
        f"{SEALED}publishing_refuses_a_portal_that_has_keys_and_is_not_sealed",
        ("what is not sealed passed over", "and ring.id not in names:", "and False:"),
    ),
    *faults(
        "sitegen/publish/sealing.py",
        f"{SEALED}publishing_refuses_a_branch_that_once_held_the_client_in_the_clear",
        ("a history in the clear passed over", "        if commit:\n", "        if not commit:\n"),
    ),
    *faults(
        "sitegen/build/standing.py",
        f"{SEALED}a_build_without_the_passphrase_does_not_stand_for_one_with_it",
        ("a build without keys for one with them", "bool(options.passphrase)", "False"),
    ),
    *faults(
        "sitegen/commands/keys.py",
        "tests/unit/commands/test_keys.py",
        (
            "a revocation that is not to be committed",
            'say("keys.still_has"), say("keys.commit"), ',
            'say("keys.still_has"), ',
        ),
        ("a broken ring that keeps a leaver in", "left.append(owner)", "raise"),
    ),
    *faults(
        "sitegen/seal/box.py",
        f"{SEAL}box.py",
        ("a nonce from less than what is encrypted", "+ bound + content)[", "+ bound + content[:64])["),
        (
            "a file bound to no name",
            'bound = crypt.told("file", self.ring, name)',
            'bound = crypt.told("file", self.ring)',
        ),
        ("names that tell no client apart", 'crypt.told("name", self.ring, address)', 'crypt.told("name", address)'),
        ("sizes as they are", "return held + bytes(-len(held) % step)", "return held"),
    ),
    *faults(
        "sitegen/seal/rings.py",
        f"{SEAL}rings.py",
        (
            "a ring that anybody may edit",
            "if names is None or not secrets.compare_digest(",
            "if names is None or bool(",
        ),
        ("an end that can be moved", "str(ring.rounds), ring.salt, until)", "str(ring.rounds), ring.salt)"),
        ("few rounds taken", "if ring.rounds < ROUNDS:", "if ring.rounds < 1:"),
        ("a revoked person kept", "if slot.id != without)", "if slot.id)"),
        (
            "the same key after revoking",
            "agency, secrets.token_bytes(crypt.KEY), master.names",
            "agency, master.key, master.names",
        ),
        ("labels published", '"sealed": s.sealed, "until"', '"sealed": s.sealed, "label": s.label, "until"'),
    ),
    *faults(
        "sitegen/seal/passphrases.py",
        f"{SEAL}passphrases.py",
        ("weak passphrases taken", "if bits < least:", "if bits < 0:"),
    ),
    *faults(
        "sitegen/commands/secret.py",
        "tests/unit/commands/test_keys.py",
        ("a passphrase in the workspace", "if path.is_relative_to(root) or path.is_relative_to(home):", "if False:"),
    ),
    # the audit, the plan, search and workbook
    *faults(
        "sitegen/diagnose/actions.py",
        f"{DIAGNOSE}actions.py",
        ("a review before its time", "TIME[effort] + WINDOW)\n    state", "TIME[effort])\n    state"),
        ("a refused step among the open ones", '"done": 1, "refused": 2}', '"done": 1, "refused": 0}'),
        ("a step that promises what others lack", "each.id == id and each.score is not", "each.score is not"),
    ),
    *faults(
        "sitegen/diagnose/checks/replies.py",
        f"{DIAGNOSE}checks.py",
        ("nobody answered told as in time", "if inbox is not None and inbox.mostly_unanswered:", "if False:"),
    ),
    Fault(
        "a restated value passed over",
        "sitegen/diagnose/changes.py",
        "if period.end <= last and _differ(old, new):",
        "if period.end <= last and old is None:",
        f"{DIAGNOSE}changes.py",
    ),
    Fault(
        "a refused recommendation told as open",
        "sitegen/diagnose/changes.py",
        "return FollowUp(old.id, old.what, since, now.state, now.on",
        'return FollowUp(old.id, old.what, since, "open", now.on',
        f"{DIAGNOSE}changes.py",
    ),
    Fault(
        "a frozen edition that was edited believed",
        "sitegen/read/editions.py",
        "if digest(plain) != frozen.digest:",
        "if False:",
        "tests/unit/read/test_editions.py",
    ),
    Fault(
        "an edition replaced without being asked",
        "sitegen/commands/freeze.py",
        "if not replace_it:",
        "if False:",
        "tests/unit/commands/test_freeze.py",
    ),
    Fault(
        "a decision told in a report from before it",
        "sitegen/build/pipeline.py",
        "if action.date is None or action.date <= known:",
        "if True:",
        "tests/unit/commands/test_freeze.py",
    ),
    Fault(
        "a part of the shelf told under another number",
        "sitegen/model/packed.py",
        "self._parts[text] = len(self._shelf.parts)",
        "self._parts[text] = len(self._shelf.parts) - 1",
        "tests/unit/model/test_packed.py",
    ),
    Fault(
        "an id twice in a print",
        "sitegen/render/printing.py",
        'return f"{self._job.page}-{id}"',
        "return id",
        "tests/unit/render/test_printing.py",
    ),
    Fault(
        "a private name after an escape passed over",
        "sitegen/proof/leaks.py",
        "others += [match[1] for match in found if match]",
        "pass",
        f"{PROOF}leaks.py",
    ),
    Fault(
        "posts off the offer told as on it",
        "sitegen/diagnose/checks/content.py",
        "graded(-number.value, -ASIDE, -MOSTLY_ASIDE)",
        "graded(number.value, ASIDE, MOSTLY_ASIDE)",
        f"{DIAGNOSE}checks.py",
    ),
    Fault(
        "a norm that is not comparable counted as a comparison",
        "sitegen/diagnose/checks/tips.py",
        "if each.number.value is not None and not each.old:",
        "if True:",
        f"{DIAGNOSE}checks.py",
    ),
    Fault(
        "a choice on too little",
        "sitegen/diagnose/sourcing.py",
        "LEAST_KNOWN = 3",
        "LEAST_KNOWN = 1",
        f"{DIAGNOSE}sourcing.py",
    ),
    Fault(
        "a link that the computation does not confirm promised as kept",
        "sitegen/render/guarantees.py",
        'if each.link.status == "link"',
        "if True",
        "tests/unit/render/test_guarantees.py",
    ),
    Fault(
        "a formula in the workbook",
        "sitegen/render/workbook.py",
        "sheet.write_string(below, at, value, forms[form])",
        "sheet.write(below, at, value)",
        "tests/unit/render/test_workbook.py",
    ),
    Fault(
        "a text that ends the script of the search",
        "sitegen/render/search.py",
        r'.replace("<", "\\u003c")',
        "",
        "tests/unit/render/test_search.py",
    ),
    # benchmarks
    *faults(
        "sitegen/measure/norms.py",
        f"{MEASURE}benchmark.py",
        ("another definition compared", "if norm.definition != followed(dossier, metric.id):", "if False:"),
        ("a figure that never ages", "months_on(told, months) < as_of", "False"),
        ("what may be told nowhere told", 'if each.redistribute != "no")', "if True)"),
    ),
    Fault(
        "a difference within the noise told as one",
        "sitegen/measure/differences.py",
        "return low <= 0 <= high",
        "return False",
        f"{MEASURE}benchmark.py",
    ),
    Fault(
        "what may only be quoted in a download",
        "sitegen/draw/benchmark.py",
        "shared=None if all(row.shared for row in found) else",
        "shared=None if True else",
        "tests/unit/draw/test_benchmark.py",
    ),
    Fault(
        "a record of no licence kept",
        "sitegen/diagnose/withheld.py",
        "benchmarks=_published(dossier.benchmarks),",
        "benchmarks=dossier.benchmarks,",
        "tests/unit/diagnose/test_withheld.py",
    ),
    Fault(
        "a private client's competitor on a public page",
        "sitegen/build/private.py",
        "(*each.words, *(rival for rival in each.rivals if rival.casefold() not in said))",
        "each.words",
        "tests/unit/build/test_private.py",
    ),
    # forecasts and crossings
    *faults(
        "sitegen/measure/forecast.py",
        f"{MEASURE}forecast.py",
        ("a log of zero", 'values.min() > 0:\n        return "log"', 'values.min() >= 0:\n        return "log"'),
        ("another seed for each series", "default_rng(seed), len(values)", "default_rng(), len(values)"),
        ("amounts below zero", "if values.min() >= 0 and not negative:", "if False:"),
        ("short series as sure as long ones", "SHORT_CYCLES, WIDER = 4, 1.1", "SHORT_CYCLES, WIDER = 4, 1.0"),
    ),
    *faults(
        "sitegen/measure/outlook.py",
        f"{MEASURE}outlook.py",
        ("a total from nothing", "np.full(len(ahead.found.paths), done)", "np.full(len(ahead.found.paths), 0.0)"),
        ("days that are over, simulated", "max(ahead.until + DAY, run.objective.start)", "run.objective.start"),
        ("P0 that knows the present", "min(run.objective.start - DAY, run.today))", "run.today)"),
        ("gaps bridged", "values[gaps[-1] + 1 if gaps else 0 :]", "values"),
    ),
    *faults(
        "sitegen/measure/crossing.py",
        f"{MEASURE}crossing.py",
        ("levels compared", "_rest(np.diff(each), regressors), order", "_rest(each[1:], regressors), order"),
        ("lags of one pair not adjusted", "holm([each.p for each in found])", "[each.p for each in found]"),
        ("a link however weak", "abs(told.rho) >= STRONG_ENOUGH", "abs(told.rho) >= 0"),
        (
            "events that are not taken out",
            "np.column_stack([np.ones(n), _season(n, cycle), *told])",
            "np.column_stack([np.ones(n), _season(n, cycle)])",
        ),
    ),
    *faults(
        "sitegen/diagnose/outlook.py",
        "tests/unit/diagnose/test_outlook.py",
        ("a probability rounded up", "math.floor(round(", "math.ceil(round("),
        (
            "figures of a short past",
            'if outlook.periods < FIGURES:\n        return say(f"outlook.word',
            'if False:\n        return say(f"outlook.word',
        ),
    ),
    # words and numbers
    *faults(
        "sitegen/formats.py",
        FORMATS,
        ("a rate as a fraction", "{self.decimal(value * 100, digits", "{self.decimal(value, digits"),
        ("a lost minus sign", "sign = MINUS if value < 0", 'sign = "" if value < 0'),
        ("English numbers in French", '{"fr": "fr_FR"', '{"fr": "en_GB"'),
        ("another currency's symbol", '"MAD": "DH"', '"MAD": "€"'),
        ("unescaped words in a picture", '.replace("<", "&lt;")', ""),
    ),
    *faults(
        "themes/default/layouts/base.html",
        CATALOGUES,
        ("a word that was not translated", '{{ tell("site.skip") }}', "Skip to content"),
    ),
    # measuring
    *faults(
        "sitegen/measure/arrays.py",
        MEASURE + "kinds.py",
        (
            "NaN counted as zero, over channels",
            "np.where(np.isnan(stack).all(axis=0), np.nan, np.nansum(stack, axis=0))",
            "np.nansum(stack, axis=0)",
        ),
    ),
    *faults(
        "sitegen/measure/arrays.py",
        MEASURE + "daily.py",
        ("NaN counted as zero, over rows", "np.full(size, np.nan)", "np.zeros(size)"),
    ),
    *faults(
        "sitegen/measure/kinds.py",
        MEASURE + "kinds.py",
        ("a level summed", "float(known[found[-1]])", "float(np.nansum(known))"),
        (
            "a mean of ratios",
            "top * reading.metric.per / bottom,",
            "float(np.nanmean(reading.parts[0].values[days] / reading.parts[0].bottoms[days])) * reading.metric.per,",
        ),
        ("a narrower margin of error", "Z95 = 1.959964", "Z95 = 1.644854"),
    ),
    *faults(
        "sitegen/measure/money.py",
        MEASURE + "money.py",
        ("an exchange rate upside down", "1 / rate.rate", "rate.rate"),
    ),
    *faults(
        "sitegen/measure/periods.py",
        MEASURE + "periods.py",
        ("a year of 365 days, on other weekdays", "YEAR = 364", "YEAR = 365"),
        (
            "a wrong month",
            "Period(months_on(first, -count), first - DAY)",
            "Period(months_on(first, 1 - count), first - DAY)",
        ),
    ),
    *faults(
        "sitegen/measure/baseline.py",
        MEASURE + "baseline.py",
        ("a baseline of two months", "last_months(start, LONG)", "last_months(start, LONG - 1)"),
    ),
    *faults(
        "sitegen/measure/pacing.py",
        MEASURE + "pacing.py",
        ("a window that does not lag", "lag = window / 2", "lag = 0"),
    ),
    *faults(
        "sitegen/measure/progress.py",
        MEASURE + "progress.py",
        ("more is better for a cost", 'frozenset({"decrease", "maintain_below"})', 'frozenset({"maintain_below"})'),
    ),
    *faults(
        "sitegen/measure/costs.py",
        MEASURE + "costs.py",
        ("a whole month's cost for a day", "yield days, days.days / whole.days", "yield days, 1.0"),
    ),
    *faults(
        "sitegen/measure/returns.py",
        MEASURE + "returns.py",
        ("a return with the wrong sign", "lambda v, m, c: (v * m - c) / c", "lambda v, m, c: (c - v * m) / c"),
    ),
    *faults(
        "sitegen/measure/returns.py",
        MEASURE + "scenarios.py",
        ("a lever booked twice", '"benefit", (margin, *others)', '"benefit", (margin, *others, *others)'),
    ),
    *faults(
        "sitegen/measure/gains.py",
        MEASURE + "gains.py",
        ("a return without the margin", "value * part, additional, rate", "value, additional, rate"),
        ("more sales claimed than were made", "max(0.0, min(1.0, sold / value))", "1.0"),
        ("what replaces the press charged twice", "max(0.0, least + new)", "max(0.0, least)"),
    ),
    *faults(
        "sitegen/measure/service.py",
        MEASURE + "service.py",
        ("a hire that no budget held", 'cancelled.kind != "hire" or cancelled.budgeted', "True"),
        ("freed time booked as cash", 'figures.declared("service_cash", Unit.MONEY, 0.0)', "saving"),
    ),
    *faults(
        "sitegen/measure/scenarios.py",
        MEASURE + "scenarios.py",
        ("scenarios out of order", "sorted({low, told.rate, high})", "[high, told.rate, low]"),
    ),
    *faults(
        "sitegen/measure/daily.py",
        MEASURE + "grain.py",
        ("a week's total on each of its days", "values / lengths if", "values if"),
    ),
    *faults(
        "sitegen/measure/merging.py",
        MEASURE + "merging.py",
        ("the oldest export kept", "-told.recency.toordinal()", "told.recency.toordinal()"),
        ("the coarsest grain kept", "LENGTHS[told.grain], -told", "-LENGTHS[told.grain], -told"),
        ("a breakdown before the whole", '"whole": 0, "breakdown": 1', '"whole": 1, "breakdown": 0'),
        ("a part before a breakdown", '"breakdown": 1, "part": 2', '"breakdown": 2, "part": 1'),
        ("a week that loses its total", "fresh[rest] = ", "_ = "),
        ("a restated value that nobody hears of", "RESTATED = 0.02", "RESTATED = 2.0"),
        ("a part that claims to be the whole", "partial if partial.any() else None", "None"),
        ("days left out that hide another file's rows", "empty = each.zeros & np.isnan(values)", "empty = each.zeros"),
    ),
    *faults(
        "sitegen/measure/parts.py",
        MEASURE + "merging.py",
        ("a file cut in two that loses its silent days", "groups[part.family]", "groups[part.sources]"),
        ("a ratio of a part and a whole", " | _mismatched(top, bottom)", ""),
    ),
    *faults(
        "sitegen/measure/quality/shapes.py",
        MEASURE + "quality.py",
        ("a robust deviation that is none", "MAD, IQR = 1.4826", "MAD, IQR = 14.826"),
        ("growth taken for a break", "np.abs(size) / fit.step, ", "1e9, "),
        ("a season taken for a break", "<= 2 and (one.shift > 1)", "< 0 and (one.shift > 1)"),
    ),
    *faults(
        "sitegen/measure/quality/score.py",
        MEASURE + "quality.py",
        ("a penalty without a limit", "gaps=min(MOST, ", "gaps=max(0.0, "),
    ),
    *faults(
        "sitegen/measure/definitions.py",
        MEASURE + "definitions.py",
        ("a change that its ratio does not know", "known.numerator, known.denominator, ", ""),
    ),
    *faults(
        "sitegen/measure/daily.py",
        MEASURE + "quality.py",
        ("zeros of a declared break", 'event.kind == "tracking"', "False"),
    ),
    *faults(
        "sitegen/measure/daily.py",
        MEASURE + "gains.py",
        ("VAT taken off as a discount", "table /= 1 + dossier.client.vat", "table *= 1 - dossier.client.vat"),
    ),
    *faults(
        "sitegen/measure/funnel.py",
        MEASURE + "funnel.py",
        ("each stage on its own days", "zip(told, counts[:, together]", "zip(told, np.nan_to_num(counts)"),
    ),
    *faults(
        "sitegen/measure/budgets.py",
        MEASURE + "budgets.py",
        ("a projection from all the past", "[-WINDOW:].mean()", ".mean()"),
    ),
    # judging
    *faults(
        "sitegen/diagnose/status.py",
        STATUS,
        ("just on track is at risk", "if pace >= thresholds.on_track", "if pace > thresholds.on_track"),
        (
            "another threshold",
            "if pace >= thresholds.at_risk",
            "if pace >= thresholds.compliance",
        ),
        ("judged on its first day", "    _too_early,\n", ""),
    ),
    # reading
    *faults(
        "sitegen/check/tables/dates.py",
        CHECK + "tables.py",
        ("day and month swapped", "self.day_first > self.month_first else", "self.day_first < self.month_first else"),
    ),
    *faults(
        "sitegen/check/smart.py",
        CHECK + "smart.py",
        ("a deadline on its start", "deadline <= start", "deadline < start"),
    ),
    # pages
    *faults(
        "sitegen/render/templates.py",
        SITE + "what_a_client_writes_is_shown_and_never_run",
        (
            "pages that do not escape",
            "loader=_Sources(theme), autoescape=True",
            "loader=_Sources(theme), autoescape=False",
        ),
    ),
    *faults(
        "themes/default/layouts/base.html",
        GOLDEN,
        ("no content security policy", '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">\n', ""),
    ),
    *faults(
        "sitegen/render/urls.py",
        "tests/unit/render/test_urls.py",
        ("a switch to the wrong language", "language == languages[0]", "language != languages[0]"),
    ),
    *faults(
        "sitegen/render/downloads.py",
        "tests/unit/render/test_downloads.py",
        ("a formula in a download", "if text.startswith(_FORMULA) else", 'if text.startswith("\\x00") else'),
    ),
    # keeping apart
    *faults(
        "sitegen/build/pipeline.py",
        SITE + "nothing_in_the_output_names_a_private_client",
        (
            "one client's files for another",
            "sources = read.client(root, slug)",
            "sources = read.client(root, read.clients(root)[0][0])",
        ),
    ),
    *faults(
        "sitegen/proof/leaks.py",
        PROOF + "leaks.py",
        ("a foreign mark overlooked", "sorted(first.keys() - {manifest.name})", "()"),
        ("a foreign mark in a gist overlooked", "not known.marked or owners != {manifest.name}", "not known.marked"),
        ("an unmarked page in a gist overlooked", "not known.marked or owners !=", "owners !="),
    ),
    *faults(
        "sitegen/model/authored.py",
        SITE + "a_client_that_does_not_say_is_private",
        (
            "public unless said otherwise",
            'default="private",\n        description="A private',
            'default="public",\n        description="A private',
        ),
    ),
    *faults(
        "sitegen/build/site.py",
        SITE + "nothing_in_the_output_names_a_private_client",
        (
            "private portals published",
            "public = [portal for portal in portals if _is_published(portal)]",
            "public = list(portals)",
        ),
    ),
    *faults(
        "sitegen/write.py",
        "tests/unit/test_write.py",
        ("a stranger's folder emptied", "    _refuse_foreign(folder)\n    given", "    given"),
        ("a twin that is not looked at", "or not _holds(twin, entry) or", "or"),
    ),
    *faults(
        "sitegen/publish/folder.py",
        "tests/unit/publish/test_folder.py",
        ("a stranger's folder published to", "    _refuse_foreign(folder)\n    held", "    held"),
    ),
    *faults(
        "sitegen/publish/refusals.py",
        "tests/unit/publish/test_refusals.py",
        ("a draft published", '== ("public", "draft")', '== ("public", "drafts")'),
        ("private files in anybody's reach", 'if client.access != "public"]', 'if client.access == "secret"]'),
    ),
    # conversations, posts and questions
    *faults(
        "sitegen/read/evidence.py",
        f"{CHECK}evidence.py",
        ("a repeated header told", '"read.repeated_column", "read.no_rows"', '"read.no_rows"'),
    ),
    *faults(
        "sitegen/check/evidence/inbox.py",
        f"{CHECK}evidence.py",
        ("spam that counts", "if spam.values[row]:", "if not row and spam.values[row]:"),
        ("an unknown answer as none", "None if some is None else int(some)", "int(bool(some))"),
    ),
    *faults(
        "sitegen/measure/inbox.py",
        f"{MEASURE}evidence.py",
        ("unanswered left out of the median", "waits.append((inf, talk.received", "waits.append((1.0, talk.received"),
        ("a higher median", "(whole + 1) // 2", "whole // 2 + 1"),
        ("nights that count", "return Clock(hours)", "return Clock()"),
        ("campaign weeks among the others", "in campaigns) is during", "in campaigns) or not during"),
    ),
    *faults(
        "sitegen/commands/answers.py",
        "tests/unit/commands/test_answers.py",
        ("answered questions asked again", '.said == "unknown" and not', '.said != "no" and not'),
        ("the least decisive first", "(-check.weight, ", "(check.weight, "),
    ),
    # the portfolio
    *faults(
        "sitegen/build/site.py",
        "tests/unit/build/test_portfolio.py",
        (
            "a portfolio in the output",
            "keep, store, press, others=portals, sealed",
            "keep, store, press, overview=(), others=portals, sealed",
        ),
    ),
    *faults(
        "sitegen/build/portfolio.py",
        "tests/unit/build/test_portfolio.py",
        ("no last good state", "told.summary if told and addresses else None", "None"),
        ("a row that changed, not told", "told = codec.digest(found)", 'told = "the same"'),
        ("others forgotten", "replace(told, addresses=known) if told else Row", "Row"),
    ),
    *faults(
        "sitegen/diagnose/summary.py",
        "tests/unit/diagnose/test_summary.py",
        ("a partial return told as whole", "for line in returns.costs if not line.known)", "for line in ())"),
        ("a review behind the data", "if day > progress.as_of", "if day > date.min"),
        ("at risk before late", '-standings.count("late"),', '-standings.count("risk"),'),
    ),
    # Lighthouse
    *faults(
        "sitegen/read/lighthouse.py",
        "tests/unit/read/test_lighthouse.py",
        ("a wrapped report not seen", "data.get(_WRAPPER, data)", "data"),
        ("too many values", 'sum(map(raw.count, b",[{")) > MAX_VALUES', "False"),
        ("a place on another line", 'text.count("\\n", 0, offset) + 1', 'text.count("\\n", 0, offset)'),
    ),
    *faults(
        "sitegen/check/lighthouse.py",
        f"{CHECK}lighthouse.py",
        ("a failed run that counts", "report.error not in (None, ", "report.error not in (report.error, "),
        ("a time span that counts", '(None, "navigation")', '(None, "navigation", "timespan")'),
        ("an informative score that counts", '"metricSavings"})', '"metricSavings", "informative"})'),
        ("a query kept in an address", "{parts.path or '/'}\"", "{parts.path or '/'}?{parts.query}\""),
        ("a run counted twice", "found.setdefault(same, told)", "found[len(found),] = told"),
    ),
    *faults(
        "sitegen/measure/lighthouse.py",
        f"{MEASURE}lighthouse.py",
        (
            "a null score as zero",
            "(score := run.scores.get(category)) is not None",
            "(score := run.scores.get(category) or 0) is not None",
        ),
        ("major versions in one series", 'run.throttling or "", run.major]', 'run.throttling or "", 13]'),
        ("a day of Greenwich", "run.fetched.astimezone(zone).date()", "run.fetched.date()"),
        ("a mean for the median", "round(median(told), DIGITS) if", "round(sum(told) / len(told), DIGITS) if"),
    ),
    *faults(
        "sitegen/diagnose/lighthouse.py",
        "tests/unit/diagnose/test_lighthouse.py",
        ("two runs are enough", "ENOUGH = 3", "ENOUGH = 2"),
        ("a hidden page among the others", 'topic != "indexing", ', "False, "),
        ("a threshold on the wrong side", "number.value <= limits[1] else", "number.value < limits[1] else"),
    ),
    # exports
    *faults(
        "sitegen/check/exports/rows.py",
        EXPORTS + "dialects.py",
        ("totals that count", "return ~(self.total | self.foot)", "return ~self.foot"),
    ),
    *faults(
        "sitegen/check/exports/dating.py",
        EXPORTS + "dialects.py",
        ("the day always first", "order = found.order or (found", "order = Order.DAY_FIRST or (found"),
        ("days in doubt that are guessed", "order is None and found.example is not None", "False"),
    ),
    *faults(
        "sitegen/check/exports/rows.py",
        EXPORTS + "unseen.py",
        ("headers met again", "foot |= _joined(self.header, bool)", "foot |= _joined(self.header, bool) & False"),
        ("averages that count", "foot |= self._averages(", "self._averages("),
    ),
    *faults(
        "sitegen/check/exports/totals.py",
        EXPORTS + "unseen.py",
        ("subtotals compared with all rows", "for below in (False, True):", "for below in ():"),
    ),
    *faults(
        "sitegen/check/exports/above.py",
        EXPORTS + "unseen.py",
        ("the day of the export as a period", "if _made(line) is None]", "]"),
    ),
    *faults(
        "sitegen/check/exports/series.py",
        EXPORTS + "unseen.py",
        ("the share of rows without a name of all rows", "chosen & rows.unnamed", "chosen"),
    ),
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        sound = shutil.copytree(ROOT, Path(folder, "sound"), ignore=left_out)
        compiled(sound)
        tests = sorted({fault.tests for fault in FAULTS})
        code, told = pytest(sound, ["--numprocesses", str(AT_ONCE), "--dist", "loadfile", *tests])
        if code != PASSED:
            print(told, "the tests must pass before faults are planted", sep="\n")
            return 1
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(shutil.copytree(sound, Path(folder, str(number))))
        with ThreadPoolExecutor(AT_ONCE) as workers:
            caught = list(workers.map(lambda fault: planted(fault, copies), FAULTS))
    print(f"{caught.count(True)} passed, {caught.count(False)} failed")
    return 0 if all(caught) else 1


def left_out(folder: str, names: list[str]) -> set[str]:
    caches = {name for name in names if name == "__pycache__" or name.endswith("_cache")}
    return caches | (LEFT_OUT & {*names} if Path(folder) == ROOT else set())


def compiled(copy: Path) -> None:
    """Compile the copy's modules, to be known by what they say: a file with a fault in it is compiled for itself."""
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "sitegen", "tests"]
    subprocess.run(command, cwd=copy, check=True)


def planted(fault: Fault, copies: SimpleQueue[Path]) -> bool:
    """Whether the tests notice the fault; tells it in a line."""
    copy = copies.get()
    try:
        verdict = noticed(fault, copy)
    finally:
        copies.put(copy)
    print(f"{verdict:<9} {fault.what:<40} {fault.file}", flush=True)
    return verdict == "caught"


def noticed(fault: Fault, copy: Path) -> str:
    """`caught`, `SURVIVED`, `LOST` when its text does not stand there once, `BROKEN` when the tests cannot be run."""
    file = copy / fault.file
    sound = file.read_text("utf-8")
    if sound.count(fault.old) != 1:
        return "LOST"
    file.write_text(sound.replace(fault.old, fault.new), "utf-8")
    code, _ = pytest(copy, ["-x", fault.tests])
    file.write_text(sound, "utf-8")
    return {PASSED: "SURVIVED", FAILED: "caught"}.get(code, "BROKEN")


def pytest(copy: Path, arguments: Iterable[str]) -> tuple[int, str]:
    """Runs tests on the copy's own code: exit code and what was said."""
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


if __name__ == "__main__":
    sys.exit(main())
