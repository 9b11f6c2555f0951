"""Notebooks run from top to bottom, with parameters, and kept as HTML.

The notebooks themselves are in the folder notebooks/; which of them are run, and with what, `build` and the command
line decide.
"""

from __future__ import annotations

import ast
import os
import pathlib
import tempfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis import files

if TYPE_CHECKING:
    from nbformat import NotebookNode

PARAMETERS = "parameters"
_PRINT = """<style>@page { size: A4; margin: 15mm }
@media print { h1, h2, h3 { break-after: avoid } img, tr { break-inside: avoid } }</style>
"""


class NotebookError(ValueError):
    """A notebook that has no such parameter, or that failed while it ran."""


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """The parameters of a notebook with their values: the assignments of literals in the cell tagged "parameters"."""
    found: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and PARAMETERS in cell.metadata.get("tags", []):
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.Assign):
                    pairs = [(node.targets[0], node.value)]
                    if isinstance(node.targets[0], ast.Tuple):
                        pairs = zip(node.targets[0].elts, node.value.elts, strict=True)
                    found.update((name.id, ast.literal_eval(value)) for name, value in pairs)
    return found


def run_notebook(path: files.Path, parameters: Mapping[str, Any] | None = None, *, timeout: int = 180) -> NotebookNode:
    """Run a notebook in its own folder and return it with its outputs; the file stays as it is.

    `parameters` replace values of the cell tagged "parameters". Raises NotebookError for a parameter that the cell does
    not have, and for a cell that fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    path = pathlib.Path(path)
    notebook = nbformat.read(path, as_version=4)
    known = parameters_of(notebook)
    if unknown := sorted(set(parameters or {}) - set(known)):
        raise NotebookError(
            f"{path}: there is no parameter {', '.join(unknown)}; it has {', '.join(known) or 'none'}. Check the name."
        )
    if parameters:
        position = next(n for n, cell in enumerate(notebook.cells) if PARAMETERS in cell.metadata.get("tags", []))
        lines = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
        notebook.cells.insert(position + 1, nbformat.v4.new_code_cell(lines, id="given-parameters"))
    client = NotebookClient(
        notebook, timeout=timeout, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        with tempfile.TemporaryDirectory(prefix="kernel-") as folder:
            if os.name == "posix":  # sockets in a folder of their own: no ports, and no warning about them
                manager = client.create_kernel_manager()
                manager.transport, manager.ip = "ipc", str(pathlib.Path(folder, "socket"))
            client.execute()
    except CellExecutionError as error:
        raise NotebookError(f"{path}: a cell failed with {error.ename}: {error.evalue}. Open it and run it.") from error
    except (CellTimeoutError, DeadKernelError) as error:
        raise NotebookError(f"{path}: {str(error).splitlines()[0]}. Open it and run it.") from error
    return notebook


def write_html(notebook: NotebookNode, path: files.Path, *, title: str, code: bool = True) -> pathlib.Path:
    """Write a notebook that was run as one HTML file that needs no network; without `code` only what it shows."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        mathjax_url="",
        require_js_url="",
        jquery_url="",
        mermaid_js_url="",
        widget_renderer_url="",
        jupyter_widgets_base_url="",
    )
    body, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return files.write_text(body.replace("</head>", _PRINT + "</head>", 1), path)
