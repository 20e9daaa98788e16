"""Whether a file's sales include VAT: what its declaration says, else what the client says of all files."""

from pathlib import Path

import pytest

from .workspace import client

SHOP = "date,revenue\n2026-01-01,120\n"


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("", None),
        ("tax: included\n", "included"),
        ("sources:\n  - {file: metrics/shop.csv, tax: included}\n", "included"),
        ("tax: included\nsources:\n  - {file: metrics/shop.csv, tax: excluded}\n", "excluded"),
        ("tax: excluded\nsources:\n  - {file: metrics/shop.csv}\n", "excluded"),
    ],
)
def test_the_file_s_own_word_goes_before_the_client_s(tmp_path: Path, text: str, tax: str | None) -> None:
    dossier, _ = client(tmp_path, text, metrics__shop_csv=SHOP)
    assert dossier is not None
    assert [records.tax for records in dossier.records] == [tax]
