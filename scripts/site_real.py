"""A folder of real exports in, the portals of two real clients out; skips, and says so, where the folder is absent.

    python scripts/site_real.py [--exports ../shared/exports]

The workspace is made anew in build/real-shop, which git ignores: the files of examples/real-shop, and a link to each
export of the two clients. Nothing declares what these are.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/real-shop"
WORKSPACE = ROOT / "build/real-shop"
CLIENTS = {
    "real-shop": (
        "google_ads/au_campaign_daily_updates.csv",
        "meta_ads/au_daily_campaign_purchases_roas.csv",
        "pinterest/au_ads_daily_lists_in_cells.csv",
        "shopify/au_sales_by_product_day.csv",
        "shopify/au_visitors_sessions.csv",
    ),
    "real-advertiser": (
        "google_ads/fr_campagnes_comparaison.csv",
        "google_ads/fr_jour_et_heure.csv",
        "google_ads/fr_plus_fortes_variations.csv",
        "google_ads/fr_recherches_mot.csv",
        "google_ads/fr_recherches_requete.csv",
    ),
}


def workspace(root: Path, exports: Path) -> None:
    """The example at `root`, with links to its exports. Only the inputs are replaced, never a built site."""
    shutil.rmtree(root / "data", ignore_errors=True)
    shutil.copytree(EXAMPLE, root, dirs_exist_ok=True)
    for client, names in CLIENTS.items():
        for name in names:
            link = root / "data" / client / "exports" / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(exports / name)


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the portals of two real clients.")
    parser.add_argument(
        "--exports", type=Path, default=ROOT.parent / "shared/exports", help="folder of the real exports"
    )
    exports = parser.parse_args().exports.resolve()
    if not exports.is_dir():
        print(f"skipped: there is no folder {exports}")
        return 0
    workspace(WORKSPACE, exports)
    build = [sys.executable, "-m", "sitegen", "build", "--root", str(WORKSPACE)]
    return subprocess.run(build, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
