"""The package has one direction: no imports in a circle, and the rooms import only rooms that stand before them."""

import ast
import graphlib
import json
import pathlib
import subprocess
import sys

import pytest

import analysis

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "analysis"
ROOMS = [
    *("text", "tables", "reports", "quantities", "places", "periods", "indicators", "observations", "corrections"),
    *("tidy", "checks", "compare", "charts", "evidence", "workbook", "briefing", "build", "__main__"),
]
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")


def imports(module):
    """The modules of the package that a module imports, anywhere in it, those for type checkers included."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("analysis."):
                    yield name.name.split(".")[1]
        elif isinstance(node, ast.ImportFrom):
            if node.module == "analysis" or (node.level == 1 and not node.module):
                for name in node.names:
                    if (PACKAGE / f"{name.name}.py").exists():
                        yield name.name
            elif (node.module or "").startswith("analysis."):
                yield node.module.split(".")[1]
            elif node.level == 1:
                yield node.module.split(".")[0]


def arrows():
    return {m: set(imports(m)) for m in MODULES}


def test_no_module_imports_itself_in_a_circle():
    graph = arrows()
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        pytest.fail("a circle of imports: " + " -> ".join(error.args[1]))


def reached(module, graph):
    found, waiting = set(), [module]
    while waiting:
        for name in graph.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_backwards(room):
    graph = arrows()
    later = reached(room, graph) & set(ROOMS[ROOMS.index(room) :])
    assert not later, f"analysis/{room}.py needs {sorted(later)}, which stand after it"


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_its_one_job(module):
    docstring = ast.get_docstring(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8")))
    assert docstring and len(docstring) > 60


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there(name):
    assert getattr(analysis, name) is not None
    assert name in dir(analysis)


def test_a_name_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(AttributeError, match="read_reports"):
        analysis.read_report_files  # noqa: B018


def test_a_module_with_a_function_of_its_own_name_can_be_called_like_it():
    from analysis.tidy import tidy

    assert analysis.tidy.tidy is tidy
    assert callable(analysis.tidy)


def loaded_after(statement):
    script = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy():
    heavy = {"matplotlib", "openpyxl", "docx", "pptx", "pdfplumber", "trafilatura", "lxml", "tqdm", "IPython"}
    assert not heavy & loaded_after("import analysis")


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__main__"])
def test_a_module_loads_other_libraries_only_when_they_are_used(module):
    drawing = {"matplotlib.pyplot", "matplotlib.figure"}
    office = {"openpyxl", "docx", "pptx", "pdfplumber", "trafilatura"}
    assert not (drawing | office) & loaded_after(f"import analysis.{module}")
