"""What a template may use: words of the client's own, typeset for the reader."""

import pytest

from sitegen.formats import MINUS, NBSP, Words
from sitegen.render.templates import typeset


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("+50%", f"+50{NBSP}%", "+50%"),
        ("-12 %", f"{MINUS}12{NBSP}%", f"{MINUS}12 %"),
        ("x2", "×2", "×2"),
        (">= 4.5", "≥ 4.5", "≥ 4.5"),
    ],
)
def test_a_target_is_typeset_for_its_reader(written: str, french: str, english: str) -> None:
    assert (typeset(written, Words("fr")), typeset(written, Words("en"))) == (french, english)
