"""The notebooks: clean as stored, run from top to bottom, and do what their first cell promises."""

import pathlib
import re

import nbformat
import pytest

from analysis import files
from analysis.notebooks import NotebookError, parameters_of, run_notebook, write_html
from analysis.tidy import read_published, tidy

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
STORY = [path for path in NOTEBOOKS if path.stem != "profile"]


def read(path):
    return nbformat.read(path, as_version=4)


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def figures_in(notebook):
    return sum("image/png" in output.get("data", {}) for cell in code_of(notebook) for output in cell.outputs)


def test_there_are_five_and_the_profile():
    assert len(STORY) == 5 and len(NOTEBOOKS) == 6


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_outputs_and_names_its_kernel(path):
    notebook = read(path)
    assert all(not cell.outputs and cell.execution_count is None for cell in code_of(notebook))
    assert notebook.metadata["kernelspec"]["name"] == "python3"
    nbformat.validate(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_has_parameters_and_short_cells_and_no_functions(path):
    notebook = read(path)
    assert parameters_of(notebook)
    for cell in code_of(notebook):
        assert not re.search(r"^\s*(def|class) ", cell.source, re.MULTILINE)
        assert len(cell.source.splitlines()) <= 18 and max(map(len, cell.source.splitlines())) <= 120


@pytest.mark.parametrize("path", STORY, ids=lambda path: path.stem)
def test_the_first_cell_says_question_needs_and_makes(path):
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert all(f"**{word}.**" in first.source for word in ("Question", "Needs", "Makes"))


@pytest.mark.parametrize("path", STORY, ids=lambda path: path.stem)
def test_it_runs_without_widgets(path, tmp_path):
    given = {"widgets": False}
    if path.stem == "5_briefing":
        given["folder"] = str(tmp_path)
    notebook = run_notebook(path, given)
    if path.stem not in ("1_from_reports_to_table", "2_review"):
        assert figures_in(notebook) >= 2
    html = write_html(notebook, tmp_path / "page.html", title=path.stem).read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="https?://[^"]+\.(?:js|css)', html)


def test_it_offers_a_choice_with_widgets():
    notebook = run_notebook(FOLDER / "3_trends.ipynb", {"widgets": True})
    kinds = {kind for cell in code_of(notebook) for output in cell.outputs for kind in output.get("data", {})}
    assert "application/vnd.jupyter.widget-view+json" in kinds


@pytest.mark.parametrize("given", [{}, {"place": "huyện Trạm Tấu", "province": "Yên Bái"}], ids=["as stored", "other"])
def test_the_profile_runs_for_a_district(given, tmp_path):
    table = tmp_path / "table.csv"
    files.write_csv(tidy(None, published=read_published()), table)
    notebook = run_notebook(FOLDER / "profile.ipynb", {"table_file": str(table), **given})
    shown = str([cell.outputs for cell in code_of(notebook)])
    assert given.get("place", "huyện Đam Rông")[1:] in shown and "Nguồn" in shown
    assert figures_in(notebook) >= 1


def test_a_mistyped_parameter_is_refused():
    with pytest.raises(NotebookError, match=r"there is no parameter provnce; it has province"):
        run_notebook(FOLDER / "4_comparing_districts.ipynb", {"provnce": "Yên Bái"})


def test_a_cell_that_fails_is_an_error_with_its_reason(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("{}['huyện']")])
    nbformat.write(notebook, tmp_path / "broken.ipynb")
    with pytest.raises(NotebookError, match=r"broken.ipynb.*KeyError"):
        run_notebook(tmp_path / "broken.ipynb")
