"""One page for each district: the notebook `profile.ipynb` run with the district as its parameter.

What a profile shows is in the notebook; choosing the districts and keeping the pages is done here.
"""

from __future__ import annotations

import concurrent.futures
import html
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Collection

from analysis import files
from analysis.build import ROOT, BuildError, read_table

NOTEBOOK = ROOT / "notebooks" / "profile.ipynb"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def write_profiles(
    table_file: files.Path,
    folder: files.Path,
    *,
    province: str | None = None,
    places: Collection[str] | None = None,
    at_least: int = 5,
    pdf: bool = False,
    progress: bool = True,
) -> tuple[list[pathlib.Path], list[str]]:
    """Write an HTML page for each district with at least so many figures, and an index; return paths and problems.

    With `pdf` each page is printed to a PDF by the Chromium that is installed. Raises BuildError when no district
    fits the choice.
    """
    from tqdm.auto import tqdm

    from analysis.notebooks import NotebookError, run_notebook, write_html

    table = read_table(table_file)
    districts = table[(table["level"] == "district") & (table["province"] != "")]
    for column, wanted in (("province", province and [province]), ("place", places)):
        if wanted:
            districts = districts[districts[column].isin(list(wanted))]
    counts = districts.groupby(["province", "place"], sort=True).size()
    chosen = [key for key, count in counts.items() if places or count >= at_least]
    if not chosen:
        raise BuildError("No district fits; check the names, or ask for fewer figures with at_least.")
    folder = pathlib.Path(folder)
    parameters = {"table_file": str(pathlib.Path(table_file).resolve())}

    def write(province: str, place: str) -> pathlib.Path:
        notebook = run_notebook(NOTEBOOK, {**parameters, "province": province, "place": place})
        page = write_html(notebook, folder / f"{page_name(province, place)}.html", title=place, code=False)
        if pdf:
            print_page(page)
        return page

    written, problems = {}, []
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        jobs = {pool.submit(write, *key): key for key in chosen}
        finished = concurrent.futures.as_completed(jobs)
        for job in tqdm(finished, desc="profiles", total=len(jobs), unit="district", disable=not progress):
            try:
                written[jobs[job]] = job.result()
            except (NotebookError, BuildError) as error:
                problems.append(f"{', '.join(jobs[job])}: {error}")
    lines = [
        f'<li><a href="{written[key].name}">{html.escape(key[1])}</a>, {html.escape(key[0])} ({counts[key]})</li>'
        for key in chosen
        if key in written
    ]
    page = (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>Hồ sơ cấp huyện</title></head>\n'
        '<body style="font: 16px/1.6 sans-serif; margin: 2rem auto; max-width: 50rem"><h1>Hồ sơ cấp huyện</h1>\n'
        f"<ul>\n{chr(10).join(lines)}\n</ul></body></html>\n"
    )
    files.write_text(page, folder / "index.html")
    return [written[key] for key in chosen if key in written], sorted(problems)


def page_name(province: str, place: str) -> str:
    """A file name that every system takes: province and place without marks.

    >>> page_name("Lâm Đồng", "huyện Đam Rông"), page_name("Kon Tum", "huyện Ia H'Drai")
    ('lam-dong-huyen-dam-rong', 'kon-tum-huyen-ia-h-drai')
    """
    plain = unicodedata.normalize("NFD", f"{province} {place}".casefold().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def print_page(page: pathlib.Path) -> pathlib.Path:
    """Print an HTML page to a PDF beside it; raises BuildError when there is no browser or it fails."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise BuildError("There is no Chromium to print with; install it, or leave the PDF out.")
    target = page.with_suffix(".pdf")
    with files.replacing(target) as temporary, tempfile.TemporaryDirectory() as user:
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-background-networking", "--no-pdf-header-footer", f"--user-data-dir={user}",
            f"--print-to-pdf={temporary}", page.resolve().as_uri(),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if done.returncode or not temporary.exists():
            raise BuildError(f"{page}: {browser} could not print it: {done.stderr.strip()[-200:]}")
    return target
