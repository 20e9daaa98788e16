"""Every sentence that reading can say is in the catalogues, in each language, and none that it cannot."""

import re
from pathlib import Path

import pytest

import sitegen.read
from sitegen.locales import catalogue
from sitegen.read.documents import _FAULTS, _TAB

FOLDER = Path(sitegen.read.__file__).parent
KEYS = {key for file in FOLDER.glob("*.py") for key in re.findall(r'say\(\s*"(read\.\w+)"', file.read_text("utf-8"))}
ARCHIVES = (FOLDER / "exports" / "archives.py").read_text("utf-8")
KEYS |= {
    f"read.{key}{end}"
    for key in re.findall(r'"((?:archive|workbook|sheet|other|old)_[a-z_]+|picture|document)"', ARCHIVES)
    for end in ("", "_hint")
}
KEYS |= {
    f"read.evidence_{doubt}"
    for doubt in re.findall(r'"(unknown|doubtful)"', (FOLDER / "evidence.py").read_text("utf-8"))
}
KEYS |= {message.key for fault in (*_FAULTS, _TAB) for message in (fault.message, fault.hint)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_sentence_has_its_words(language: str) -> None:
    assert {key for key in catalogue(language) if key.startswith("read.")} == KEYS
