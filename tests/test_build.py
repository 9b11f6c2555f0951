"""The build: everything from data/, only what changed, and nothing lost when something is wrong."""

import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse
import zipfile

import nbformat
import pandas
import pytest

from analysis import __main__ as command_line
from analysis import figures, files
from analysis.build import BuildError, build, read_table
from analysis.tidy import read_published, tidy

ROOT = pathlib.Path(__file__).resolve().parent.parent
REPORTS = ["que-son-2020", "lam-ha-2014"]
FEW = {"ranking": figures.poverty_ranking_yen_bai}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A small copy of the project's data, built once: two reports, the published figures, a notebook."""
    root = tmp_path_factory.mktemp("project")
    reports = root / "data" / "reports"
    reports.mkdir(parents=True)
    for name in REPORTS:
        shutil.copy(ROOT / "data" / "reports" / f"{name}.txt", reports)
    lines = (ROOT / "data" / "reports" / "reports.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = [lines[0], *(line for line in lines if line.startswith(tuple(f"{name}," for name in REPORTS)))]
    (reports / "reports.csv").write_text("".join(chosen), encoding="utf-8")
    shutil.copytree(ROOT / "data" / "reference", root / "data" / "reference")
    lines = (ROOT / "data" / "tables" / "published_figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "data" / "tables").mkdir()
    chosen = [lines[0], *(line for line in lines if line.startswith("Yên Bái"))]
    (root / "data" / "tables" / "published_figures.csv").write_text("".join(chosen), encoding="utf-8")
    cell = nbformat.v4.new_code_cell("import pathlib\nprint(sorted(p.name for p in pathlib.Path('../data').iterdir()))")
    (root / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), root / "notebooks" / "1_look.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "STANDING", FEW)
        outcome = build(root, progress=False)
    return root, outcome


@pytest.fixture
def root(project, tmp_path, monkeypatch):
    """The small project, built, in a folder of its own."""
    monkeypatch.setattr(figures, "STANDING", FEW)
    return shutil.copytree(project[0], tmp_path / "project")


def contents(root):
    kept = [path for name in ("data/processed", "build", "figures") for path in (root / name).rglob("*")]
    return {
        path.relative_to(root): path.read_bytes()
        for path in sorted(kept)
        if path.is_file() and path.name != "state.json"
    }


def test_a_build_makes_everything_and_says_where_it_is(project):
    root, outcome = project
    for path in (
        "data/processed/observations.csv", "data/processed/table.csv", "data/processed/findings.csv",
        "build/district_indicators.xlsx", "build/evidence/index.html", "build/evidence/que-son-2020.html",
        "build/notebooks/1_look.html", "figures/ranking.png", "figures/ranking.svg", "figures/ranking.txt",
    ):  # fmt: skip
        assert (root / path).stat().st_size, path
    said = str(outcome)
    assert "figures found in 2 reports" in said and "for review" in said and str(root / "build" / "evidence") in said
    assert outcome.problems == []


def test_a_report_that_does_not_tell_when_it_came_out_is_for_review(root):
    text = "Tỷ lệ hộ nghèo của huyện Quế Sơn còn 3,2%."
    (root / "data" / "reports" / "khong-ngay.txt").write_text(text, encoding="utf-8")
    build(root, progress=False, notebooks=False)
    found = pandas.read_csv(root / "data" / "processed" / "findings.csv").query("code == 'undated'")
    assert list(found["report"]) == ["khong-ngay"] and "published" in found["sentence"].iloc[0]


def test_every_link_of_the_workbook_leads_to_the_words_of_a_report(project):
    root = project[0] / "build"
    with zipfile.ZipFile(root / "district_indicators.xlsx") as workbook:
        parts = [workbook.read(name).decode() for name in workbook.namelist() if name.endswith(".rels")]
    links = {link for part in parts for link in re.findall(r'Target="(evidence/[^"]+)"', part)}
    assert links
    for link in links:
        page, _, key = link.partition("#")
        assert f'id="{key}"' in (root / urllib.parse.unquote(page)).read_text(encoding="utf-8")


def test_a_second_build_with_nothing_changed_does_nothing(root):
    before = contents(root)
    outcome = build(root, progress=False)
    assert not any(changed for *_, changed in outcome.made)
    assert contents(root) == before


def test_a_new_report_is_read_and_a_lost_file_comes_back(root):
    (root / "build" / "district_indicators.xlsx").unlink()
    outcome = build(root, progress=False)
    assert [name for name, _, _, changed in outcome.made if changed] == ["workbook"]
    shutil.copy(ROOT / "data" / "reports" / "nong-son-2022.txt", root / "data" / "reports")
    outcome = build(root, progress=False, notebooks=False)
    assert "3 reports" in str(outcome)
    assert all(changed for *_, changed in outcome.made)
    assert any("nong-son-2022" in problem for problem in outcome.problems)  # it has no row in the manifest


def test_a_problem_stays_on_the_list_until_it_is_mended(root):
    (root / "data" / "reports" / "empty.txt").write_text(" \n", encoding="utf-8")
    for _ in range(2):
        outcome = build(root, progress=False, notebooks=False)
        assert any("empty.txt" in problem for problem in outcome.problems)
    (root / "data" / "reports" / "empty.txt").unlink()
    assert build(root, progress=False, notebooks=False).problems == []


def test_the_tables_have_the_same_bytes_at_every_run(root):
    before = contents(root)
    shutil.rmtree(root / "build")
    shutil.rmtree(root / "data" / "processed")
    shutil.rmtree(root / "figures")
    build(root, progress=False, notebooks=False)
    after = contents(root)
    stable = [path for path in after if path.suffix != ".xlsx"]  # a workbook carries the time at which it was made
    assert len(stable) > 8 and all(before[path] == after[path] for path in stable)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda root: [path.unlink() for path in (root / "data" / "reports").iterdir()], "holds no report"),
        (lambda root: shutil.rmtree(root / "data" / "reports"), "no such file or folder"),
        (lambda root: (root / "data" / "reference" / "indicators.toml").write_text("[[indicator"), "indicators.toml"),
        (lambda root: (root / "data" / "corrections.csv").write_text("key,action\nr-1,drop\n"), "corrections.csv"),
        (lambda root: (root / "data" / "tables" / "published_figures.csv").write_text("a,b\n"), "published_figures"),
    ],
    ids=["empty folder", "no folder", "broken catalogue", "broken corrections", "broken table"],
)
def test_bad_input_stops_the_build_with_one_sentence_and_loses_nothing(root, spoil, words):
    before = contents(root)
    spoil(root)
    command = [sys.executable, "-m", "analysis", "build", "--root", str(root), "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr and len(done.stderr.splitlines()) <= 2
    assert contents(root) == before


def test_a_step_that_fails_half_way_leaves_the_old_file_and_no_rubbish(root, monkeypatch):
    before = contents(root)

    def half(table, path, **_):
        pathlib.Path(path).write_bytes(b"half")
        raise ValueError("The disk is full.")

    monkeypatch.setattr("analysis.workbook.write_workbook", half)
    (root / "data" / "reports" / "lam-ha-2014.txt").write_text("Không có số liệu.", encoding="utf-8")
    with pytest.raises(ValueError, match="disk is full"):
        build(root, progress=False, notebooks=False)
    workbook = pathlib.Path("build/district_indicators.xlsx")
    assert contents(root)[workbook] == before[workbook]
    assert not list((root / "build").glob(".writing*"))


def test_a_notebook_that_fails_is_named_and_the_others_are_done(root):
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(broken, root / "notebooks" / "2_broken.ipynb")
    outcome = build(root, progress=False)
    assert len(outcome.problems) == 1
    assert "2_broken.ipynb" in outcome.problems[0] and "ZeroDivisionError" in outcome.problems[0]
    assert (root / "build" / "notebooks" / "1_look.html").exists()
    assert not (root / "build" / "notebooks" / "2_broken.html").exists()


def test_a_page_shows_what_the_notebook_lets_choose(root):
    cells = [
        nbformat.v4.new_code_cell("widgets = True", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("print('only ' + 'in the notebook' if widgets else 'drawn ' + 'in the page')"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "notebooks" / "2_choice.ipynb")
    assert not build(root, progress=False).problems
    page = (root / "build" / "notebooks" / "2_choice.html").read_text(encoding="utf-8")
    assert "drawn in the page" in page and "only in the notebook" not in page


def test_the_command_exits_with_1_when_a_report_could_not_be_read(root, capsys):
    (root / "data" / "reports" / "broken.pdf").write_bytes(b"%PDF-1.7\n\x00\x01 broken")
    assert command_line.main(["build", "--root", str(root), "--quiet", "--no-notebooks"]) == 1
    assert "broken.pdf" in capsys.readouterr().out


def test_the_table_is_read_back_as_it_was(tmp_path):
    table = tidy(None, published=read_published())
    files.write_csv(table, tmp_path / "table.csv")
    pandas.testing.assert_frame_equal(read_table(tmp_path / "table.csv"), table)


def test_a_table_that_is_not_there_is_told_with_the_command_that_makes_it(tmp_path):
    with pytest.raises(BuildError, match="python -m analysis build"):
        read_table(tmp_path / "table.csv")


def test_the_figures_that_ship_are_the_standing_figures():
    shipped = {path.name for path in (ROOT / "figures").iterdir()}
    assert shipped == {f"{name}.{form}" for name in figures.STANDING for form in ("png", "svg", "txt")}
