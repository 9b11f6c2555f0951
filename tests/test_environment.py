"""environment.yml (conda) and pyproject.toml (uv) ask for the same packages, and what runs satisfies both."""

import pathlib
import sys
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def bounds(lines):
    made = (Requirement(line) for line in lines)
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in made}


def project_packages():
    groups = PROJECT["dependency-groups"]
    return bounds(PROJECT["project"]["dependencies"] + groups["notebooks"] + groups["dev"])


def conda_lines():
    lines = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    (of_pip,) = (line["pip"] for line in CONDA["dependencies"] if isinstance(line, dict))
    return lines, of_pip


def test_both_files_name_the_same_packages_with_the_same_bounds():
    lines, of_pip = conda_lines()
    conda = bounds([line for line in lines if line != "pip"] + [line for line in of_pip if not line.startswith("-e")])
    python = conda.pop("python")
    assert conda == project_packages()
    assert python == SpecifierSet(PROJECT["project"]["requires-python"])


def test_conda_installs_the_project_itself():
    lines, of_pip = conda_lines()
    assert "-e ." in of_pip
    assert "pip" in lines
    assert CONDA["name"] == PROJECT["project"]["name"]


def test_every_package_of_the_project_is_in_the_lock_file():
    locked = {package["name"] for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]}
    assert set(project_packages()) <= locked


@pytest.mark.parametrize("name", sorted(project_packages()))
def test_the_running_version_satisfies_the_bounds(name):
    assert metadata.version(name) in project_packages()[name]


def test_the_running_python_is_allowed():
    assert ".".join(map(str, sys.version_info[:3])) in SpecifierSet(PROJECT["project"]["requires-python"])
