"""The package has one direction: no imports in a circle, and the rooms import only rooms that stand before them."""

import ast
import graphlib
import importlib
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
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__init__"
)
FOLDERS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def source(module):
    return (PACKAGE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def imports(module):
    """The modules of the package that a module imports, anywhere in it, those for type checkers included."""
    for node in ast.walk(ast.parse(source(module))):
        names = []
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"analysis/{module}: imports name the whole way, from the package on"
            names = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
        yield from {name.removeprefix("analysis.") for name in names} & set(MODULES)


def arrows():
    return {m: set(imports(m)) for m in MODULES}


def test_no_module_imports_itself_in_a_circle():
    graph = arrows()
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        pytest.fail("a circle of imports: " + " -> ".join(error.args[1]))


def test_no_folder_needs_another_that_needs_it():
    place = {module: module.split(".")[0] for module in MODULES}
    graph = {folder: set() for folder in FOLDERS}
    for module, needed in arrows().items():
        graph.setdefault(place[module], set()).update({place[other] for other in needed} - {place[module]})
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        pytest.fail("a circle of folders: " + " -> ".join(error.args[1]))


SCRIPTS = sorted([*ROOT.glob("benchmarks/*.py"), *ROOT.glob("docs/*.py")])


@pytest.mark.parametrize("script", SCRIPTS, ids=[path.name for path in SCRIPTS])
def test_what_a_script_takes_from_the_package_is_there(script):
    nodes = [n for n in ast.walk(ast.parse(script.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)]
    for node in (n for n in nodes if (n.module or "").split(".")[0] == "analysis"):
        module = importlib.import_module(node.module)
        for name in node.names:
            modules = {path.stem for path in pathlib.Path(module.__file__).parent.glob("*.py")}
            assert hasattr(module, name.name) or name.name in modules, f"{node.module} has no {name.name}"


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
    docstring = ast.get_docstring(ast.parse(source(module)))
    assert docstring and len(docstring) > 60


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_says_what_its_modules_are_for(folder):
    contents = (PACKAGE / folder / "__init__.py").read_text(encoding="utf-8")
    assert len(ast.get_docstring(ast.parse(contents))) > 60 and contents.count("\n") == 1


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
