"""What a YAML file may say, where each thing stands, and what is refused with its place."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.model.facts import Document
from sitegen.read import documents
from sitegen.read.documents import MAX_BYTES, document, parsed


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runs on libyaml and on PyYAML's own parser."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(documents, "_LOADER", getattr(yaml, request.param))


def whole(text: str) -> Document:
    found, problems = parsed(text, "client.yaml")
    assert problems == ()
    assert found is not None
    return found


def told(text: str) -> list[tuple[int, int, str]]:
    """Every problem as line, column, key."""
    return [(each.line, each.column, each.message.key) for each in parsed(text, "client.yaml")[1]]


def only(text: str) -> Problem:
    (problem,) = parsed(text, "client.yaml")[1]
    return problem


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("2025-13-01", "2025-13-01"),
        ("2025-01-31", "2025-01-31"),
        ("0777", "0777"),
        ("0612345678", "0612345678"),
        ("1_000", "1_000"),
        ("+50%", "+50%"),
        ("1 500", "1 500"),
        ("=", "="),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("9999999999999999999999", 9999999999999999999999),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("3.", 3.0),
        ("1e3", 1000.0),
        ("2.5E-3", 0.0025),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
    ],
)
def test_a_plain_value_means_what_yaml_1_2_says(written: str, meant: object) -> None:
    value = whole(f"key: {written}").data["key"]
    assert (value, type(value)) == (meant, type(meant))


@pytest.mark.usefixtures("parser")
def test_places_count_lines_and_columns_from_one() -> None:
    found = whole('name: "Été 😀"\ngoals:\n  - id: a\n    title: {fr: Un, en: One}\n  - 3\n')
    assert found.keys == {
        ("name",): (1, 1),
        ("goals",): (2, 1),
        ("goals", 0, "id"): (3, 5),
        ("goals", 0, "title"): (4, 5),
        ("goals", 0, "title", "fr"): (4, 13),
        ("goals", 0, "title", "en"): (4, 21),
    }
    assert found.values[("name",)] == (1, 7)
    assert found.values[("goals", 0, "title", "en")] == (4, 25)
    assert found.values[("goals", 1)] == (5, 5)
    assert found.place(("goals", 0, "title", "ar")) == (4, 12)


def test_a_text_inside_a_file_counts_from_its_own_first_line() -> None:
    found, problems = parsed("a: 1\na: .inf\n", "advice.md", first_line=2)
    assert found is not None
    assert found.values[("a",)] == (2, 4)
    assert [(each.path, each.line, each.column) for each in problems] == [("advice.md", 3, 1), ("advice.md", 3, 4)]


@pytest.mark.usefixtures("parser")
def test_a_key_twice_is_told_at_the_second_with_the_line_of_the_first_and_the_first_is_kept() -> None:
    text = "name: A\ncosts: {a: 1}\n\nname: B\ncosts:\n  b: 2\n  b: 3\n"
    assert told(text) == [(4, 1, "read.duplicate_key"), (5, 1, "read.duplicate_key"), (7, 3, "read.duplicate_key")]
    found, problems = parsed(text, "client.yaml")
    assert problems[0].message.named == {"key": "name", "line": 1}
    assert found is not None
    assert found.data == {"name": "A", "costs": {"a": 1}}
    assert found.values[("name",)] == (1, 7)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("value", [".nan", ".NaN", ".inf", "-.inf", "+.INF", "1e999", "-1e999"])
def test_what_is_no_finite_number_is_refused(value: str) -> None:
    problem = only(f"target: {value}")
    assert (problem.line, problem.column, problem.message.key) == (1, 9, "read.not_a_number")
    assert problem.message.named == {"value": value}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("key", ["2026", "true", "null", "~", "1.5", ".nan"])
def test_a_key_that_is_no_word_is_refused_unless_quoted(key: str) -> None:
    assert told(f"{key}: x") == [(1, 1, "read.key_not_text")]
    assert whole(f'"{key}": x').data == {key: "x"}


@pytest.mark.usefixtures("parser")
def test_a_list_as_a_key_is_refused_and_the_rest_is_read() -> None:
    found, problems = parsed("? [a, {b: [c]}]\n: {d: [1, 2]}\ne: 1\n", "client.yaml")
    assert [each.message.key for each in problems] == ["read.key_not_a_word"]
    assert found is not None
    assert found.data == {"e": 1}


@pytest.mark.usefixtures("parser")
def test_an_alias_is_a_copy_of_what_its_anchor_holds() -> None:
    found = whole("a: &words\n  fr: Un\n  en: [One]\nb: *words\n")
    assert found.data["b"] == {"fr": "Un", "en": ["One"]}
    assert found.data["b"]["en"] is not found.data["a"]["en"]
    assert found.values[("b",)] == (4, 4)
    assert found.values[("b", "en", 0)] == (3, 8)


@pytest.mark.usefixtures("parser")
def test_an_alias_names_the_last_anchor_before_it() -> None:
    assert whole("- &x 1\n- *x\n- &x 2\n- *x\n").data == [1, 1, 2, 2]


@pytest.mark.usefixtures("parser")
def test_an_alias_may_be_a_key() -> None:
    assert whole("a: &x word\n*x : 2\n").data == {"a": "word", "word": 2}


@pytest.mark.usefixtures("parser")
def test_an_alias_bomb_is_refused_before_it_is_built() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    found, problems = parsed("\n".join(lines), "client.yaml")
    assert found is None
    assert [each.message.key for each in problems] == ["read.too_many_values"]


@pytest.mark.usefixtures("parser")
def test_aliases_within_the_limit_are_no_bomb() -> None:
    text = "words: &words {fr: Un, en: One}\nlist: [" + ", ".join(["*words"] * 5_000) + "]"
    assert len(whole(text).data["list"]) == 5_000


def test_a_file_of_too_many_values_is_refused_without_aliases_too() -> None:
    assert told("[" + "1," * 100_001 + "]")[0][2] == "read.too_many_values"
    assert told("? [" + "1," * 400_000 + "]\n: 1")[-1][2] == "read.too_many_values"


@pytest.mark.usefixtures("parser")
def test_an_alias_that_holds_itself_is_refused() -> None:
    assert told("a: &x [1, *x]") == [(1, 11, "read.recursive_alias")]


@pytest.mark.usefixtures("parser")
def test_an_alias_of_nothing_is_refused() -> None:
    assert told("note: *great") == [(1, 7, "read.unknown_alias")]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("value", ["!!python/object/apply:os.system [ls]", "!!str 5", "!secret x", "! x", "!a {b: 1}"])
def test_a_tag_is_refused(value: str) -> None:
    assert told(f"key: {value}") == [(1, 6, "read.tag")]


@pytest.mark.usefixtures("parser")
def test_a_merge_is_refused() -> None:
    assert told("a: &a {b: 1}\nc:\n  <<: *a\n") == [(3, 3, "read.merge_key")]


@pytest.mark.usefixtures("parser")
def test_a_second_document_is_refused() -> None:
    assert told("a: 1\n---\nb: 2\n") == [(2, 1, "read.several_documents")]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~"])
def test_a_file_without_content_is_refused(text: str) -> None:
    assert told(text) == [(1, 1, "read.empty_document")]


@pytest.mark.usefixtures("parser")
def test_nesting_has_a_limit() -> None:
    assert told("[" * 500 + "]" * 500)[0][2] == "read.too_deep"
    assert whole("[" * 60 + "]" * 60)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "kind"),
    [
        ("a:\n\tb: 1", 2, 1, "tab"),
        ("a:\n  b: 1\n  \tc: 2", 3, 3, "tab"),
        ("a:\n  - 1\n\t- 2", 3, 1, "tab"),
        ("a: b: c", 1, 5, "colon"),
        ("name Atlas\ncountry: MA", 2, 8, "colon"),
        ('a: 1\nb: "x\nc: 3', 2, 4, "open_quote"),
        ("b: 'x", 1, 4, "open_quote"),
        ("a: 1\nb: [1, 2\nc: 3", 2, 4, "open_bracket"),
        ("{a: 1", 1, 1, "open_bracket"),
        ("a: @x", 1, 4, "reserved"),
        ("a: %x", 1, 4, "reserved"),
        ("a: **bold**", 1, 4, "reserved"),
        ("a: & b", 1, 4, "reserved"),
        ("a: 1\nbare\n", 2, 1, "no_colon"),
        ("a:\n    b: 1\n  c: 2", 3, 3, "indentation"),
        ("a: 'it's'", 1, 8, "indentation"),
        ("a: - b", 1, 4, "indentation"),
        ("a: ]", 1, 4, "other"),
    ],
)
def test_a_syntax_error_is_told_where_it_is_to_be_mended(text: str, line: int, column: int, kind: str) -> None:
    problem = only(text)
    assert (problem.line, problem.column) == (line, column)
    assert problem.message.key == f"read.syntax.{kind}"
    assert problem.hint is not None
    assert problem.hint.key == f"read.syntax.{kind}_hint"


@pytest.mark.usefixtures("parser")
def test_a_wrong_escape_is_told_on_its_line() -> None:
    problem = only('a: 1\nb: "C:\\qx"')
    assert (problem.line, problem.message.key) == (2, "read.syntax.escape")


@pytest.mark.usefixtures("parser")
def test_all_problems_of_a_file_are_told_at_once() -> None:
    text = "a: .nan\na: 1\n2: x\nb: !tag y\nc: *lost\nd: [1\n"
    assert [key.removeprefix("read.") for _, _, key in told(text)] == [
        "not_a_number",
        "duplicate_key",
        "key_not_text",
        "tag",
        "unknown_alias",
        "syntax.open_bracket",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_bytes(b"\xef\xbb\xbfname: A\r\ncountry: MA\r\n")
    found, problems = document(tmp_path, "client.yaml")
    assert problems == ()
    assert found is not None
    assert found.data == {"name": "A", "country": "MA"}
    assert found.keys == {("name",): (1, 1), ("country",): (2, 1)}


def test_another_encoding_is_told_at_its_byte(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_bytes("name: A\ntitle: été".encode("cp1252"))
    found, (problem,) = document(tmp_path, "client.yaml")
    assert found is None
    assert (problem.path, problem.line, problem.column) == ("client.yaml", 2, 8)
    assert problem.message.named == {"byte": "0xE9"}


def test_a_control_character_is_told_at_its_place() -> None:
    assert told("a: 1\nb: x\x07y") == [(2, 5, "read.control_character")]
    assert told("a: x\ufeffy") == [(1, 5, "read.control_character")]


def test_a_file_that_is_missing_a_folder_or_too_big_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "big.yaml").write_bytes(b"a: " + b"x" * MAX_BYTES)
    keys = [document(tmp_path, name)[1][0].message.key for name in ("none.yaml", "folder", "big.yaml")]
    assert keys == ["read.missing", "read.missing", "read.document_too_big"]


LETTERS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
TREES = st.recursive(
    SCALARS | LETTERS, lambda tree: st.lists(tree, max_size=4) | st.dictionaries(LETTERS, tree, max_size=4)
)


@settings(deadline=None)
@given(TREES.filter(lambda tree: tree is not None), st.sampled_from([None, 2]))
def test_json_is_read_as_json_reads_it_and_each_value_stands_at_its_place(tree: object, indent: int | None) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    found = whole(text)
    assert json.dumps(found.data) == json.dumps(tree)
    lines = text.split("\n")
    for path, (line, column) in found.values.items():
        value = found.data
        for step in path:
            value = value[step]
        written = json.dumps(value, ensure_ascii=False)
        begin = written[0] if isinstance(value, (dict, list)) else written
        assert lines[line - 1][column - 1 :].startswith(begin)
