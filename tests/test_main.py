"""The command line: what `extract` writes, its exit codes, and one clear sentence for each kind of bad input."""

import csv
import pathlib
import subprocess
import sys

import pytest

from analysis import __main__ as command_line
from analysis.observations import COLUMNS

ROOT = pathlib.Path(__file__).resolve().parent.parent
SENTENCE = "Năm 2022, toàn huyện giải quyết việc làm cho 1.250 lao động; tỷ lệ hộ nghèo giảm còn 4,5%.\n"
ROW = "vi-du-2022,Huyện Ba Chẽ tổng kết năm 2022,Cổng thông tin,2022-12-28,,huyện Ba Chẽ,Quảng Ninh\n"
HEAD = "report,title,publisher,published,url,place,province\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "reports"
    made.mkdir()
    (made / "vi-du-2022.txt").write_text(SENTENCE, encoding="utf-8")
    (made / "reports.csv").write_text(HEAD + ROW, encoding="utf-8")
    return made


def extract(*paths, output):
    return command_line.main(["extract", *map(str, paths), "-o", str(output), "--quiet"])


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_a_table_row_that_names_nothing_known_is_reported_with_its_cell(folder, tmp_path, capsys):
    (folder / "bieu.csv").write_text(
        "Biểu số 01,,\nChỉ tiêu,ĐVT,Năm 2022\nTỷ lệ hộ nghèo,%,\"4,5\"\nSố cột bơm xăng,cột,12\n", encoding="utf-8"
    )
    with open(folder / "reports.csv", "a", encoding="utf-8") as manifest:
        manifest.write("bieu,Biểu tổng hợp,Cổng thông tin,2022-12-28,,huyện Ba Chẽ,Quảng Ninh\n")
    command_line.main(["extract", str(folder), "-o", str(tmp_path / "observations.csv")])
    assert "unread: bieu: " in capsys.readouterr().err


def test_a_report_without_a_date_is_named_with_what_to_do(folder, tmp_path, capsys):
    (folder / "khong-ngay.txt").write_text("Tỷ lệ hộ nghèo của huyện Ba Chẽ còn 3,2%.", encoding="utf-8")
    command_line.main(["extract", str(folder), "-o", str(tmp_path / "observations.csv")])
    said = capsys.readouterr().err
    assert "undated: 1 of " in said and "reports.csv: khong-ngay" in said


def test_extract_writes_the_observations_of_a_folder(folder, tmp_path):
    output = tmp_path / "observations.csv"
    assert extract(folder, output=output) == 0
    rows = rows_of(output)
    assert list(rows[0])[: len(COLUMNS)] == list(COLUMNS)
    facts = {(row["indicator"], row["value"], row["place"], row["period"]) for row in rows}
    assert ("jobs_created", "1250", "huyện Ba Chẽ", "2022") in facts
    assert ("poverty_rate", "4.5", "huyện Ba Chẽ", "2022") in facts
    text = (folder / "vi-du-2022.txt").read_text(encoding="utf-8")
    assert all(text[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)


def test_extract_takes_single_files_and_asks_the_manifest_beside_them(folder, tmp_path):
    assert extract(folder / "vi-du-2022.txt", output=tmp_path / "o.csv") == 0
    assert {row["place"] for row in rows_of(tmp_path / "o.csv")} == {"huyện Ba Chẽ"}


def test_extract_writes_the_same_bytes_at_every_run_and_in_every_order_of_paths(tmp_path):
    shipped = sorted((ROOT / "data" / "reports").glob("*.txt"))[:3]
    outputs = []
    for number, paths in enumerate((shipped, shipped[::-1])):
        output = tmp_path / f"{number}.csv"
        command = [sys.executable, "-m", "analysis", "extract", *map(str, paths), "-o", str(output)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={"PYTHONHASHSEED": str(number + 1)})
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]


def test_a_report_that_can_not_be_read_is_named_skipped_and_makes_the_exit_code_1(folder, tmp_path, capsys):
    (folder / "hong.pdf").write_bytes(b"%PDF-1.7\n\x00\x01 broken")
    assert extract(folder, output=tmp_path / "o.csv") == 1
    assert "hong.pdf" in capsys.readouterr().err
    assert rows_of(tmp_path / "o.csv")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: [path.unlink() for path in folder.iterdir()], "holds no report"),
        (lambda folder: (folder / "trong.txt").write_text("  \n"), "trong.txt"),
        (lambda folder: (folder / "reports.csv").write_text(HEAD + ROW + "thieu,,,,,,\n"), "'thieu'"),
        (lambda folder: (folder / "reports.csv").write_text(HEAD + ROW + ROW), "has a row already"),
        (lambda folder: (folder / "vi-du-2022.html").write_text(f"<p>{SENTENCE}</p>"), "already taken"),
        (lambda folder: (folder / "reports.csv").write_text("a,b\n1,2\n"), "no column 'report'"),
    ],
    ids=["empty folder", "no text", "row without file", "two rows", "duplicate id", "broken manifest"],
)
def test_bad_input_gets_one_sentence_and_exit_code_1(folder, tmp_path, capsys, spoil, words):
    spoil(folder)
    assert extract(folder, output=tmp_path / "o.csv") == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("skipped:")]
    assert len(lines) == 1 and words in lines[0]
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").startswith(",".join(COLUMNS))


def test_a_folder_without_manifest_is_read_and_the_missing_manifest_is_noted(folder, tmp_path, capsys):
    (folder / "reports.csv").unlink()
    assert extract(folder, output=tmp_path / "o.csv") == 0
    assert "there is no manifest" in capsys.readouterr().err
    assert rows_of(tmp_path / "o.csv")


def test_a_path_that_is_not_there_is_wrong_use_and_leaves_the_old_output(folder, tmp_path, capsys):
    output = tmp_path / "o.csv"
    output.write_text("old")
    assert extract(folder, tmp_path / "nowhere", output=output) == 2
    assert "no such file or folder" in capsys.readouterr().err
    assert output.read_text() == "old"


def test_a_broken_catalogue_is_wrong_use_and_leaves_the_old_output(folder, tmp_path, capsys):
    output, catalogue = tmp_path / "o.csv", tmp_path / "broken.toml"
    output.write_text("old")
    catalogue.write_text("[poverty_rate\n", encoding="utf-8")
    arguments = ["extract", str(folder), "-o", str(output), "--catalogue", str(catalogue), "--quiet"]
    assert command_line.main(arguments) == 2
    error = capsys.readouterr().err
    assert "broken.toml" in error and len(error.strip().splitlines()) == 1
    assert output.read_text() == "old"


@pytest.mark.parametrize("arguments", [[], ["extract"], ["extract", "a.txt"], ["no-such-command"]])
def test_wrong_use_is_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        command_line.main(arguments)
    assert stop.value.code == 2
    assert "usage: python -m analysis" in capsys.readouterr().err
