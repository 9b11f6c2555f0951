"""District indicators: Vietnamese district reports become one table in which every figure leads back to its sentence.

    import analysis as da
    reports = da.read_reports("data/reports")
    observations = da.extract(reports)
    table = da.tidy(observations, reports)
    da.charts.ranked_bars(da.compare.rank(table, indicator="poverty_rate", period="2023"))

This module only says where each public name lives; a module is loaded when one of its names is first used.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_FUNCTIONS = {
    "read_report": "reports",
    "read_reports": "reports",
    "extract": "observations",
    "Observation": "observations",
    "load_catalogue": "indicators",
    "load_gazetteer": "places",
    "find_place": "places",
    "read_published": "tidy",
    "read_corrections": "corrections",
    "apply_corrections": "corrections",
    "write_workbook": "workbook",
    "explain": "evidence",
    "read_table": "build",
    "write_briefing": "briefing",
}
_MODULES = (
    "reports", "tables", "text", "quantities", "places", "periods", "indicators", "definitions", "observations",
    "tabular", "corrections", "tidy", "checks", "compare", "charts", "words", "workbook", "evidence", "briefing",
    "build",
)

__all__ = sorted({*_FUNCTIONS, *_MODULES})


class _CallableModule(ModuleType):
    """A module with a function of its own name, which can be called for it: `da.tidy(...)` is `da.tidy.tidy(...)`."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*arguments, **options)


class _Package(ModuleType):
    """This package; makes a submodule callable at the moment when it is attached."""

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and callable(vars(value).get(name)):
            value.__class__ = _CallableModule
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name in _FUNCTIONS:
        return getattr(importlib.import_module(f"{__name__}.{_FUNCTIONS[name]}"), name)
    raise AttributeError(f"the package {__name__} has no name {name!r}; it has: {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
