"""CSV of one's own: what is recognised, what becomes of it, and the one sentence for each thing that is wrong."""

import os

import msgspec
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.experiment import csv_reader, csv_rows, table_record
from nnviz.experiment.tables import (
    CategoricalColumn,
    NumericColumn,
    Table,
    TableError,
    guess_task,
    parse_table,
    read_table,
    suggest,
    table_dataset,
)

BIRDS = """island,mass,sex,species
Biscoe,3.5,male,Adelie
Dream,NA,female,Gentoo
Biscoe,4.5,,Gentoo
Torgersen,5.0,female,Adelie
Dream,6.5,female,
"""


def parse(text: str) -> Table:
    return parse_table(text, "my.csv")


def numbers(**columns: list[float | None]) -> Table:
    return Table("my.csv", tuple(NumericColumn(name, tuple(values)) for name, values in columns.items()))


def words(*values: str) -> Table:
    columns = (NumericColumn("x", tuple(float(row) for row in range(len(values)))), CategoricalColumn("t", values))
    return Table("my.csv", columns)


# reading


def test_a_table_has_named_columns_of_numbers_and_words_with_missing_values():
    table = parse(BIRDS)
    assert table.names == ("island", "mass", "sex", "species")
    assert (table.rows, table.delimiter, table.header, table.notes) == (5, ",", True, ())
    assert table["mass"].values == (3.5, None, 4.5, 5.0, 6.5)
    assert table["sex"].values == ("male", "female", "", "female", "female")
    assert [(column.kind, column.missing) for column in table.columns] == [
        ("categorical", 0), ("numeric", 1), ("categorical", 1), ("categorical", 1)
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, newline):
    lines = ["a,b,name", "1,2.5,x", "-3,4e2,y", ""]
    table = parse(newline.join(lines).replace(",", delimiter))
    assert table.delimiter == delimiter
    assert table["a"].values == (1.0, -3.0)
    assert table["b"].values == (2.5, 400.0)
    assert table["name"].values == ("x", "y")


def test_decimal_commas_beside_semicolons_are_recognised_and_noted():
    table = parse("a;b;c\n1,5;2;3.5\n-2,25;3;4.5\n,5;4;5.5\n")
    assert table.delimiter == ";"
    assert table["a"].values == (1.5, -2.25, 0.5)
    assert table["b"].values == (2.0, 3.0, 4.0)
    assert table["c"].values == (3.5, 4.5, 5.5)
    assert table.notes == ("Read with decimal commas: a.",)


def test_a_column_that_mixes_decimal_comma_and_point_is_not_guessed_at():
    table = parse("a;b\n1,5;1\n2,5;2\n1.234;3\n")
    assert table["a"].kind == "categorical"
    assert table.notes == ("Taken as words, since a cell is no number: a (line 4).",)


@pytest.mark.parametrize("cell", ["", "NA", "N/A", "nan", "NaN", "null", "NULL", "?", "-", "  "])
def test_spellings_of_a_missing_value(cell):
    table = parse(f"a,b\n1,x\n{cell},y\n3,{cell}\n")
    assert table["a"].values == (1.0, None, 3.0)
    assert table["b"].values == ("x", "y", "")


@pytest.mark.parametrize("cell", ["1_000", "0x10", "١", "1,5", "12x", "1e", ".", "+", "--1", "NaN1"])
def test_what_python_or_other_programs_might_take_for_a_number_is_none_here(cell):
    table = parse(f'a,b\n1,1\n2,2\n"{cell}",3\n')
    assert table["a"].values == ("1", "2", cell)
    assert table.notes == ("Taken as words, since a cell is no number: a (line 4).",)


@pytest.mark.parametrize(
    ("text", "header", "names"),
    [
        ("a,b\n1,2\n", True, ("a", "b")),
        ("1,2\n3,4\n", False, ("column 1", "column 2")),
        ("5.1,setosa\n4.9,virginica\n", False, ("column 1", "column 2")),
        ("?,setosa\n4.9,virginica\n", False, ("column 1", "column 2")),
        ("x\n1\n2\n", True, ("x",)),
        (",a\nr1,1\nr2,2\n", True, ("column 1", "a")),
        ("size,kind\n1,7\n2,8\noops,9\n3,7\n", True, ("size", "kind")),
        ('"two\nlines",b\n1,2\n', True, ("two lines", "b")),
        ("n" * 100 + "\n1\n2\n", True, ("n" * 60,)),
    ],
)
def test_a_header_is_a_first_row_without_numbers_above_numbers(text, header, names):
    table = parse(text)
    assert table.header is header
    assert table.names == names


def test_repeated_names_are_made_different_and_noted_with_the_line():
    table = parse("\na,a,b,a,a (2)\n1,2,3,4,5\n")
    assert table.names == ("a", "a (2)", "b", "a (3)", "a (2) (2)")
    assert table["a (3)"].values == (4.0,)
    assert table.notes == ("Renamed, since line 2 has the same name twice: a (2), a (3), a (2) (2).",)


def test_blank_lines_and_empty_columns_are_left_out():
    table = parse("\n a , b,\n\n1,,\n  \n2,NA,\n,,\n3,-,\n")
    assert table.names == ("a",)
    assert table["a"].values == (1.0, 2.0, 3.0)
    assert table.notes == ("Left out for holding no value: b, column 3.",)


def test_quotes_protect_delimiters_line_ends_and_quotes():
    table = parse('a, text\n1, "x, y"\n2, "two\nlines"\n3, "say ""hi"""\n4,5" disk\n')
    assert table["text"].values == ("x, y", "two lines", 'say "hi"', '5" disk')


def test_semicolons_in_words_do_not_make_a_delimiter():
    assert parse("a,b\n1,x;y\n2,z\n3,u;v;w\n").delimiter == ","


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("cp1252", ("Line 3 is not UTF-8, so the file was read as Windows-1252.",)),
        ("latin-1", ("Line 3 is not UTF-8, so the file was read as Windows-1252.",)),
    ],
)
def test_encodings(tmp_path, encoding, note):
    path = tmp_path / "birds.csv"
    path.write_bytes("größe,art\n1,x\n2,é\n".replace("größe", "mass").encode(encoding))
    table = read_table(path)
    assert table.name == "birds.csv"
    assert table["mass"].values == (1.0, 2.0)
    assert table["art"].values == ("x", "é")
    assert table.notes == note


def test_bytes_that_windows_1252_lacks_are_read_as_latin_1(tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(b"a,b\n1,x\x81\n2,\xe9\n")
    table = read_table(path)
    assert table["b"].values == ("x\x81", "é")
    assert table.notes == ("Line 2 is not UTF-8, so the file was read as Latin-1.",)


values = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))


@given(
    rows=st.lists(st.tuples(values, values), min_size=1, max_size=30),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_numbers_come_back_exactly_as_they_were_written(rows, delimiter):
    rows = [(1.0, 2.0), *rows]
    lines = [delimiter.join("NA" if value is None else repr(value) for value in row) for row in rows]
    table = parse("\n".join(["first" + delimiter + "second", *lines]))
    assert table["first"].values == tuple(first for first, _ in rows)
    assert table["second"].values == tuple(second for _, second in rows)


@given(text=st.text(alphabet='a1,;\t|"\n\r .-é', max_size=80))
def test_any_text_gives_a_table_or_one_sentence(text):
    try:
        table, refusal = parse(text), None
    except TableError as error:
        table, refusal = None, str(error)
    if table is None:
        assert refusal.startswith("my.csv")
        assert "expected" in refusal
        assert "\n" not in refusal
    else:
        assert any(column.kind == "numeric" for column in table.columns)
        assert {len(column.values) for column in table.columns} == {table.rows}


# what is refused

TAKEN = "(the delimiter is taken to be the comma)"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "my.csv is empty; expected are a line of column names and lines of values"),
        ("\n \n", "my.csv is empty; expected are a line of column names and lines of values"),
        ("\na,b\n", "my.csv, line 2: nothing follows the column names; expected are lines of values"),
        (
            "a,b\n1,2\n\x003,4\n",
            "my.csv, line 3: it holds a control character; expected is text, such as a CSV file",
        ),
        ("\x7fELF", "my.csv, line 1: it holds a control character; expected is text, such as a CSV file"),
        (
            "name,town\nAnn,Oslo\nBob,Rome\n",
            "my.csv, line 1: no column holds only numbers (this line begins with 'name'); expected is at least one "
            "such column",
        ),
        (
            "NA\nNA\n",
            "my.csv, line 1: no column holds only numbers (this line begins with 'NA'); expected is at least one such "
            "column",
        ),
        ("a,b\n1,2\n\n3,4,5\n", f"my.csv, line 4: it has 3 cells and line 1 has 2; expected are equally many {TAKEN}"),
        ("a,b\n1,2\n3\n", f"my.csv, line 3: it has 1 cell and line 1 has 2; expected are equally many {TAKEN}"),
        (
            'a,b\n"x\ny",2\n3\n',
            f"my.csv, line 4: it has 1 cell and line 1 has 2; expected are equally many {TAKEN}",
        ),
        ("a,b\n1,2\n3,inf\n", "my.csv, line 3, column 'b': 'inf' is infinite; expected are finite numbers"),
        ("a,b\n1,2\n-Infinity,3\n", "my.csv, line 3, column 'a': '-Infinity' is infinite; expected are finite numbers"),
        ("a,b\n1,1e400\n3,3\n", "my.csv, line 2, column 'b': '1e400' is infinite; expected are finite numbers"),
        (
            'a,b\n1,2\n3,"4\n5,6\n',
            "my.csv, line 3: a quotation mark is opened and never closed; expected is another one at the end of the "
            "cell",
        ),
        (
            'a,b\n1,2\n"3"x,4\n',
            "my.csv, line 3: text follows a closing quotation mark; expected is the delimiter, or a doubled mark "
            "within a cell",
        ),
        (
            'a,b\n1,"' + "x" * 200_000,
            "my.csv, line 2: a cell is longer than 131,072 characters; expected are numbers and words, so look for a "
            "quotation mark that is never closed",
        ),
        (
            ",".join("1" * 1001),
            "my.csv, line 1: it has 1,001 cells; expected are at most 1,000 columns",
        ),
    ],
)
def test_a_bad_text_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(TableError) as refusal:
        parse(text)
    assert str(refusal.value) == sentence


def test_a_long_cell_is_not_quoted_in_full():
    with pytest.raises(TableError, match=r"begins with 'x{29}…'"):
        parse("x" * 1000 + ",a\nb,c\n")


def test_the_table_may_have_the_largest_number_of_cells_and_not_one_row_more(monkeypatch):
    for module in (csv_rows, table_record):
        monkeypatch.setattr(module, "MAX_CELLS", 20)
    monkeypatch.setattr(csv_reader, "MAX_CELLS", 20)
    # The line of names does not count.
    assert parse("a,b\n" + "1,2\n" * 10).rows == 10
    assert parse("1,2\n" * 10).rows == 10
    for text, line in (("a,b\n" + "1,2\n" * 11, 12), ("1,2\n" * 11, 11), ("1,2\n" * 99, 12)):
        sentence = f"line {line}: the table goes on after 20 cells, the most that are read; expected are fewer rows"
        with pytest.raises(TableError, match=sentence):
            parse(text)


@pytest.mark.parametrize("text", ["\n", "\r\n", ",,,,\n", " , , \r"])
def test_a_file_of_gaps_is_given_up_early(text):
    with pytest.raises(TableError, match="there are more than 1,000,000 cells and blank lines up to here; expected is"):
        parse("a,b\n1,2\n" + text * (31 * 2**20 // len(text)))


@pytest.mark.parametrize("text", [",", '","'])
def test_an_endless_line_is_given_up_early(text):
    with pytest.raises(TableError, match="line 2: it has more than 500,000 cells; expected are at most 1,000 columns"):
        parse("a,b\n" + text * (31 * 2**20 // len(text)))


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=; "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_line_of_excel_names_the_delimiter(first, end):
    table = parse(end.join([first, "a,b;c", "1,5;x", "2;y", ""]))
    assert (table.names, table.delimiter) == (("a,b", "c"), ";")
    assert table["a,b"].values == (1.5, 2.0)
    with pytest.raises(TableError, match="line 3: it has 3 cells and line 2 has 2"):
        parse(end.join(["sep=;", "a;b", "1;2;3", ""]))


@pytest.mark.parametrize(
    ("cells", "delimiter", "values", "note"),
    [
        (("1,234", "950", "-2,345,678.5"), ",", (1234.0, 950.0, -2345678.5), "Read with commas between thousands: a."),
        (("1,234", "2,500"), "\t", (1234.0, 2500.0), "Read with commas between thousands: a."),
        (("1,234.5", "2,500.25"), ";", (1234.5, 2500.25), "Read with commas between thousands: a."),
        (
            ("1.234,5", "950", "2.345.678"),
            ";",
            (1234.5, 950.0, 2345678.0),
            "Read with points between thousands and decimal commas: a.",
        ),
        (("1.234,5", "inf"), "|", None, ""),
        (("1,5", "2,25"), "\t", (1.5, 2.25), "Read with decimal commas: a."),
        (("1,234", "2,500"), ";", (1.234, 2.5), "Read with decimal commas: a."),
        (("1.234", "2.500"), ";", (1.234, 2.5), None),
        (
            ("1,234", "12,34", "5"),
            ",",
            ("1,234", "12,34", "5"),
            "Taken as words, since a cell is no number: a (line 3).",
        ),
    ],
)
def test_thousands_may_be_set_apart_in_one_way_throughout_a_column(cells, delimiter, values, note):
    text = "\n".join([f"a{delimiter}b", *(f'"{cell}"{delimiter}1' for cell in cells)])
    if values is None:
        with pytest.raises(TableError, match="column 'a': 'inf' is infinite"):
            parse(text)
    else:
        table = parse(text)
        assert table["a"].values == values
        assert table.notes == ((note,) if note else ())


def test_names_hide_nothing_and_can_be_written_to_a_file(tmp_path):
    path = tmp_path / os.fsdecode(b"bad\xff\x1b[2J.csv")
    path.write_text("a\u202eb,c\x85d,e\x9b2J\n1,2,3\n", encoding="utf-8")
    table = read_table(path)
    assert table.name == "bad\ufffd\ufffd[2J.csv"
    assert table.names == ("a\ufffdb", "c d", "e\ufffd2J")
    assert msgspec.json.decode(msgspec.json.encode(table), type=Table) == table


def test_a_sentence_about_a_table_shows_what_a_terminal_would_obey():
    assert str(TableError("a\x1b[2J\n\u202e\x9b é")) == r"a\x1b[2J\n\u202e\x9b é"


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    monkeypatch.setattr(type(path), "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(TableError, match=r"huge\.csv has 200 MiB; expected are at most 32 MiB"):
        read_table(path)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04rest", "f.csv is a workbook or an archive; expected is text, so save the sheet as CSV first"),
        (b"\xff\xfea", "f.csv begins like UTF-16 text but is none; expected is text, such as CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0", "f.csv, line 2: it holds a control character; expected is text, such as a CSV file"),
    ],
)
def test_a_file_that_is_not_text_is_refused(tmp_path, data, sentence):
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    with pytest.raises(TableError) as refusal:
        read_table(path)
    assert str(refusal.value) == sentence


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(OSError, match=r"^gone\.csv cannot be read: no such file or directory$"):
        read_table(tmp_path / "gone.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(TableError, match="folder is not a file; expected is a text file with a table"):
        read_table(tmp_path / "folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TableError, match="pipe is not a file"):
        read_table(tmp_path / "pipe")


# inside an experiment


def test_a_table_travels_as_readable_json():
    table = parse("a,b\n1,x\nNA,y\n")
    data = msgspec.json.encode(table)
    assert data == (
        b'{"name":"my.csv","columns":[{"kind":"numeric","name":"a","values":[1.0,null]},'
        b'{"kind":"categorical","name":"b","values":["x","y"]}]}'
    )
    assert msgspec.json.decode(data, type=Table) == table
    assert hash(msgspec.json.decode(data, type=Table)) == hash(table)


def test_notes_delimiter_and_header_travel_when_they_are_unusual():
    table = parse("1;2,5\n3;4,5\n")
    data = msgspec.json.encode(table)
    assert b'"delimiter":";","header":false,"notes":[' in data
    assert msgspec.json.decode(data, type=Table) == table


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ('[]', "the table has 0 columns; allowed are 1 to 1,000"),
        ('[{"kind":"numeric","name":"a","values":[1]},{"kind":"numeric","name":"b","values":[1,2]}]',
         "column 'b' has 2 values; expected are 1, as many as in column 'a'"),
        ('[{"kind":"numeric","name":"a","values":[1]},{"kind":"numeric","name":"a","values":[1]}]',
         "the table has several columns named 'a'; expected are different names"),
        ('[{"kind":"numeric","name":"a","values":[1e400]}]', "Number out of range"),
        ('[{"kind":"numeric","name":"a","values":["x"]}]', "Expected `float | null`, got `str`"),
        ('[{"kind":"numeric","name":"a","values":[1],"unit":"m"}]', "unknown field `unit`"),
        ('[{"kind":"date","name":"a","values":[1]}]', "Invalid value 'date'"),
    ],
)  # fmt: skip
def test_a_table_edited_by_hand_is_checked(columns, message):
    with pytest.raises(msgspec.DecodeError) as refusal:
        msgspec.json.decode(f'{{"name":"my.csv","columns":{columns}}}'.encode(), type=Table)
    assert message in str(refusal.value)


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_column_made_by_hand_holds_finite_numbers(value):
    with pytest.raises(ValueError, match=f"column 'a' holds {value} in row 2; allowed are finite numbers"):
        NumericColumn("a", (1.0, value))


def test_a_table_made_by_hand_keeps_the_limit_of_cells():
    with pytest.raises(ValueError, match="the table has 500,002 cells; allowed are 500,000"):
        numbers(a=[0.0] * 250_001, b=[0.0] * 250_001)
    assert numbers(a=[0.0] * 250_000, b=[0.0] * 250_000).rows == 250_000


# choosing and guessing


@pytest.mark.parametrize(
    ("text", "features", "target"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", ("a", "b"), "c"),
        ("Price,b,c\n1,2,3\n4,5,6\n", ("b", "c"), "Price"),
        ("y,label,c\n1,2,3\n4,5,6\n", ("y", "c"), "label"),
        ("id,a,sample_id,b\n7,2,1,3\n9,5,1,6\n", ("a",), "b"),
        ("1,2,3\n2,5,6\n3,5,6\n", ("column 2",), "column 3"),
        ("x,y\n1,2\n2,4\n3,6\n", ("x",), "y"),
        ("1,2\n2,4\n3,6\n", ("column 1",), "column 2"),
        ("a,b,c\n1,2,5\n4,5,5\n", ("a", "c"), "b"),
        ("a,same\n1,k\n2,k\n", ("same",), "a"),
        ("a\n1\n2\n", (), "a"),
        ("a\n1\n1\n", (), "a"),
        (BIRDS, ("island", "mass", "sex"), "species"),
    ],
)
def test_the_suggestion_names_a_target_and_leaves_out_numbers_of_rows(text, features, target):
    assert suggest(parse(text)) == (features, target)


def test_the_suggestion_leaves_out_free_text():
    rows = "".join(f"{row},comment {row},{'uv'[row % 2]}\n" for row in range(30))
    assert suggest(parse("a,remark,kind\n" + rows)) == (("a",), "kind")
    rows = "".join(f"{row},comment {row},{row / 7}\n" for row in range(12))
    assert suggest(parse("a,remark,size\n" + rows)) == (("a",), "size")


@pytest.mark.parametrize(
    ("table", "target", "task"),
    [
        (words("yes", "no", "yes", ""), "t", "binary"),
        (words("u", "v", "w"), "t", "multi-class"),
        (words(*map(str, range(21))), "t", "multi-class"),
        (numbers(x=[1.0, 2.0], t=[0.0, 1.0]), "t", "binary"),
        (numbers(x=[1.0, 2.0, 3.0], t=[3.0, None, 5.0]), "t", "binary"),
        (numbers(x=[1.0, 2.0], t=[0.5, 1.5]), "t", "regression"),
        (numbers(x=[1.0, 2.0, 3.0], t=[0.0, 1.0, 2.0]), "t", "regression"),
        (numbers(x=[1.0, 2.0, 3.0], label=[0.0, 1.0, 2.0]), "label", "multi-class"),
        (numbers(x=[1.0, 2.0, 3.0], Class=[3.0, 1.0, 2.0]), "Class", "multi-class"),
        (numbers(x=[1.0, 2.0, 3.0], label=[0.0, 1.0, 3.0]), "label", "regression"),
        (numbers(label=[float(value) for value in range(21)]), "label", "regression"),
        (numbers(a=[0.0, 1.0], b=[1.0, 0.0]), ["a", "b"], "multi-label"),
        (numbers(a=[0.0, 1.0], b=[1.0, 0.5]), ("a", "b"), "regression"),
    ],
)
def test_the_task_is_guessed_from_the_target(table, target, task):
    assert guess_task(table, target) == task


# data sets


def test_words_become_one_input_a_value_and_incomplete_rows_are_left_out():
    dataset, sentence = table_dataset(parse(BIRDS), ["island", "mass"], "species")
    assert dataset.feature_names == ("island=Biscoe", "island=Torgersen", "mass")
    assert numpy.array_equal(dataset.x, [[1, 0, 3.5], [1, 0, 4.5], [0, 1, 5.0]])
    assert numpy.array_equal(dataset.y, [[0], [1], [0]])
    assert sentence == "3 of 5 rows are used (left out because a value is missing: 2)."


def test_the_sentence_of_the_data_set_is_its_note():
    dataset, sentence = table_dataset(numbers(a=[1.0, 2.0], b=[5.0, 7.5]), ["a"], "b")
    assert (dataset.name, dataset.task, dataset.target_names) == ("my.csv", "regression", ("b",))
    assert sentence == "All 2 rows are used."
    assert dataset.note == "From my.csv. All 2 rows are used."
    assert numpy.array_equal(dataset.x, [[1.0], [2.0]])
    assert numpy.array_equal(dataset.y, [[5.0], [7.5]])


def test_missing_features_are_filled_with_median_and_most_frequent_word_of_the_rows_used():
    dataset, sentence = table_dataset(parse(BIRDS), ["island", "mass", "sex"], "species", missing="fill")
    assert dataset.feature_names == (
        "island=Biscoe", "island=Dream", "island=Torgersen", "mass", "sex=female", "sex=male"
    )  # fmt: skip
    # The last row has no target, so its mass of 6.5 does not count for the median of 3.5, 4.5 and 5.0.
    assert numpy.array_equal(
        dataset.x, [[1, 0, 0, 3.5, 0, 1], [0, 1, 0, 4.5, 1, 0], [1, 0, 0, 4.5, 1, 0], [0, 0, 1, 5.0, 1, 0]]
    )
    assert numpy.array_equal(dataset.y, [[0], [1], [1], [0]])
    assert (dataset.task, dataset.target_names) == ("binary", ("Adelie", "Gentoo"))
    assert sentence == (
        "4 of 5 rows are used (left out because a target is missing: 1); missing values filled with the column's "
        "median or most frequent word: 2."
    )


def test_several_classes_are_one_hot_in_order_of_their_names():
    dataset, _ = table_dataset(words("w", "u", "v", "u"), ["x"], "t")
    assert (dataset.task, dataset.target_names) == ("multi-class", ("u", "v", "w"))
    assert numpy.array_equal(dataset.y, [[0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 0, 0]])


def test_numbers_can_be_classes_in_numeric_order():
    dataset, _ = table_dataset(numbers(x=[1.0, 2.0, 3.0], t=[10.0, 9.0, 2.5]), ["x"], "t", "multi-class")
    assert dataset.target_names == ("2.5", "9", "10")
    assert numpy.array_equal(dataset.y, [[0, 0, 1], [0, 1, 0], [1, 0, 0]])
    dataset, _ = table_dataset(numbers(x=[1.0, 2.0], t=[5.0, 3.0]), ["x"], "t")
    assert (dataset.task, dataset.target_names) == ("binary", ("3", "5"))
    assert numpy.array_equal(dataset.y, [[1], [0]])


def test_several_targets():
    table = numbers(x=[1.0, 2.0, 3.0], a=[0.0, 1.0, None], b=[1.0, 0.0, 1.0])
    dataset, sentence = table_dataset(table, ["x"], ["a", "b"])
    assert (dataset.task, dataset.target_names) == ("multi-label", ("a", "b"))
    assert numpy.array_equal(dataset.y, [[0, 1], [1, 0]])
    assert sentence.startswith("2 of 3 rows")
    dataset, _ = table_dataset(table, ["x"], ["a", "b"], "regression")
    assert dataset.task == "regression"


def test_two_words_may_be_learned_as_multi_class():
    dataset, _ = table_dataset(words("u", "v"), ["x"], "t", "multi-class")
    assert numpy.array_equal(dataset.y, [[1, 0], [0, 1]])


SIX = numbers(x=[1.0, 2.0], y=[3.0, 4.5], one=[7.0, 7.0], bit=[0.0, 1.0], none=[None, None], half=[None, 1.0])
MANY = Table(
    "my.csv",
    (
        NumericColumn("x", tuple(map(float, range(51)))),
        CategoricalColumn("t", tuple(f"w{row}" for row in range(51))),
        CategoricalColumn("c", tuple(f"w{row % 21:02}" for row in range(51))),
        CategoricalColumn("long", tuple("z" * 40 if row else "a" for row in range(51))),
    ),
)


@pytest.mark.parametrize(
    ("table", "features", "target", "task", "sentence"),
    [
        (SIX, [], "y", None, "my.csv: no column is chosen as feature; expected is at least one"),
        (SIX, ["x"], [], None, "my.csv: no column is chosen as target; expected is at least one"),
        (SIX, ["x", "y"], "y", None, "my.csv: column 'y' is chosen twice; expected is once, feature or target"),
        (SIX, ["x", "x"], "y", None, "my.csv: column 'x' is chosen twice; expected is once, feature or target"),
        (SIX, ["z"], "y", None, "my.csv has no column 'z'; its columns are x, y, one, bit, none, half"),
        (SIX, ["x"], "z", "binary", "my.csv has no column 'z'; its columns are x, y, one, bit, none, half"),
        (
            SIX, ["none"], "y", None,
            "my.csv: every row lacks a value in one of none, y; expected are complete rows",
        ),
        (
            SIX, ["x"], "one", None,
            "my.csv: target 'one' is 7 in every row that is used; expected for regression are different values",
        ),
        (
            SIX, ["half"], "bit", None,
            "my.csv: target 'bit' is 1 in every row that is used; expected for binary are different values",
        ),
        (
            words("u", "u"), ["x"], "t", None,
            "my.csv: target 't' is u in every row that is used; expected for multi-class are different values",
        ),
        (
            words("u", "v", "w", "k"), ["x"], "t", "regression",
            "my.csv: target 't' holds words (k, u, v, …); expected for regression are numbers",
        ),
        (
            MANY, ["x"], "long", "regression",
            f"my.csv: target 'long' holds words (a, {'z' * 29}…); expected for regression are numbers",
        ),
        (
            words("u", "v", "w"), ["x"], "t", "binary",
            "my.csv: target 't' has 3 different values; expected for binary are two",
        ),
        (
            MANY, ["x"], "c", None,
            "my.csv: target 'c' has 21 different values; expected for multi-class are at most 20",
        ),
        (
            SIX, ["x"], ["y", "bit"], "multi-label",
            "my.csv: target 'y' holds 3, 4.5; expected for multi-label are 0 and 1",
        ),
        (
            SIX, ["x"], "bit", "multi-label",
            "my.csv: target 'bit' is the only one; expected for multi-label are two columns or more",
        ),
        (SIX, ["x"], ["y", "bit"], "binary", "my.csv: target 'bit' is a second one; expected for binary is one column"),
        (
            MANY, ["t"], "x", None,
            "my.csv: column 't' has 51 different words; expected of a feature are at most 50",
        ),
    ],
)  # fmt: skip
def test_columns_and_tasks_that_do_not_go_together_are_refused(table, features, target, task, sentence):
    with pytest.raises(TableError) as refusal:
        table_dataset(table, features, target, task)
    assert str(refusal.value) == sentence


def test_a_feature_without_any_value_cannot_be_filled():
    with pytest.raises(
        TableError, match=r"my\.csv: column 'none' has no value in the rows that have a target; expected"
    ):
        table_dataset(SIX, ["x", "none"], "y", missing="fill")


def test_an_unknown_task_or_policy_is_refused():
    with pytest.raises(ValueError, match="task is 'sorting'; allowed is regression, binary, multi-class, multi-label"):
        table_dataset(SIX, ["x"], "y", "sorting")
    with pytest.raises(ValueError, match="missing is 'ignore'; allowed is drop or fill"):
        table_dataset(SIX, ["x"], "y", missing="ignore")


def test_the_most_columns_of_the_reader_and_of_the_record_are_the_same():
    assert csv_rows.MAX_COLUMNS == table_record.MAX_COLUMNS
    assert csv_reader.MAX_FILE_BYTES == 32 * 2**20
    assert parse(",".join("1" * 1000)).rows == 1
