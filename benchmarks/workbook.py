"""Time and memory of a workbook with 100,000 observations, against the barest openpyxl loop over the same cells.

    python benchmarks/workbook.py [rows]

Both run in a process of their own. The barest loop appends the bare values of every cell of the finished workbook,
sheet by sheet, in write-only mode, without styles, links or tables; it gets the values ready made, as lists.
Memory is the highest of the whole process, which holds the table in both cases.
"""

import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
GOAL_TIME, GOAL_MEMORY = 1.3, 1.5


def observations(rows: int):
    """A tidy table of invented figures with real columns: 700 districts, 30 indicators, as many years as needed."""
    import numpy as np
    import pandas as pd

    from analysis.indicators import load_catalogue
    from analysis.tidy import read_published, tidy

    catalogue = load_catalogue()
    random = np.random.default_rng(7)
    indicators = [i for i in catalogue.values() if not i.id.endswith("_change")][:30]
    at = np.arange(rows)
    district, indicator, year = at % 700, at // 700 % 30, 2023 - at // 21_000
    chosen = [indicators[n] for n in indicator]
    source = at // 60
    table = pd.DataFrame(
        {
            "key": [f"r-{n:010x}" for n in at],
            "origin": "report",
            "report": [f"bao-cao-{n:05d}" for n in source],
            "source_title": [f"Báo cáo kinh tế – xã hội số {n} của Ủy ban nhân dân huyện" for n in source],
            "publisher": "Cổng thông tin điện tử",
            "published": [f"{y + 1}-01-15" for y in year],
            "url": [f"https://example.org/bao-cao/{n}" for n in source],
            "province": [f"Tỉnh {n // 11:02d}" for n in district],
            "place": [f"huyện Số {n:03d}" for n in district],
            "place_code": [f"{n:03d}" for n in district],
            "level": "district",
            "indicator": [i.id for i in chosen],
            "variant": "",
            "unit": [i.unit for i in chosen],
            "kind": [i.kind for i in chosen],
            "direction": [i.direction for i in chosen],
            "value": random.gamma(2.0, 20.0, rows).round(2),
            "value_max": np.nan,
            "of": np.nan,
            "qualifier": "=",
            "status": "actual",
            "period": [str(y) for y in year],
            "period_kind": "year",
            "year": pd.array(year, dtype="Int64"),
            "period_start": pd.to_datetime([f"{y}-01-01" for y in year]),
            "period_end": pd.to_datetime([f"{y}-12-31" for y in year]),
            "plan_pct": np.nan,
            "yoy_pct": np.nan,
            "members": "",
            "standard": "",
            "standard_basis": "",
            "quote": [f"đến cuối năm {y} toàn huyện đạt con số nêu trong báo cáo, tăng so với năm trước" for y in year],
            "start": pd.array(at % 9_000, dtype="Int64"),
            "end": pd.array(at % 9_000 + 80, dtype="Int64"),
            "where": "",
            "rule": "phrase",
            "flags": np.where(at % 9 == 0, "place_inferred", ""),
            "derived": False,
            "duplicate_of": "",
            "conflict": "",
            "used": True,
            "used_because": "số liệu duy nhất",
        }
    )
    known = tidy(None, published=read_published()).columns
    return table.reindex(columns=known, fill_value="")


def full(rows: int, path: str) -> dict:
    import pandas as pd

    from analysis.workbook import write_workbook

    table = observations(rows)
    none = pd.DataFrame(columns=["code", "severity", "key", "report", "place", "indicator", "period", "sentence"])
    base, start = peak(), time.process_time()
    write_workbook(table, path, progress=False, findings=none)
    return {"seconds": time.process_time() - start, "MiB": peak() - base, "base": base}


def bare(rows: int, path: str, cells: str) -> dict:
    import pickle

    import openpyxl

    import analysis.workbook  # noqa: F401  the same modules are loaded before the measurement

    observations(rows)
    book = openpyxl.Workbook(write_only=True)
    with open(cells, "rb") as file:
        sheets = pickle.load(file)
        base, start = peak(), time.process_time()
        for name in range(sheets):
            sheet = book.create_sheet(str(name))
            for _ in range(pickle.load(file)):
                for row in pickle.load(file):
                    sheet.append(row)
    book.save(path)
    return {"seconds": time.process_time() - start, "MiB": peak() - base, "base": base}


def dump_cells(path: str, cells: str) -> None:
    """The values of every cell of a workbook as plain rows, in blocks of 2,000."""
    import pickle

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    with open(cells, "wb") as file:
        pickle.dump(len(book.sheet_names), file)
        for name in book.sheet_names:
            rows = [
                [None if value == "" else value for value in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            blocks = [rows[n : n + 2_000] for n in range(0, len(rows), 2_000)]
            pickle.dump(len(blocks), file)
            for block in blocks:
                pickle.dump(block, file)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(*arguments: str) -> dict:
    done = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(rows: int = 100_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole, plain, cells = (str(pathlib.Path(folder, name)) for name in ("whole.xlsx", "plain.xlsx", "cells"))
        ours = measure("full", str(rows), whole)
        subprocess.run([sys.executable, __file__, "dump", whole, cells], check=True)
        floor = measure("bare", str(rows), plain, cells)
    time_ratio = ours["seconds"] / floor["seconds"]
    memory_ratio = (ours["MiB"] + ours["base"]) / (floor["MiB"] + floor["base"])
    print(
        f"{rows:,} observations, workbook: {ours['seconds']:.1f} s, {ours['MiB'] + ours['base']:.0f} MiB"
    )
    print(f"barest loop, same cells: {floor['seconds']:.1f} s, {floor['MiB'] + floor['base']:.0f} MiB")
    print(f"time ×{time_ratio:.2f} (goal {GOAL_TIME}), memory ×{memory_ratio:.2f} (goal {GOAL_MEMORY})")


if __name__ == "__main__":
    command, *rest = sys.argv[1:] or ["100000"]
    if command == "full":
        print(json.dumps(full(int(rest[0]), rest[1])))
    elif command == "bare":
        print(json.dumps(bare(int(rest[0]), rest[1], rest[2])))
    elif command == "dump":
        dump_cells(*rest)
    else:
        main(int(command))
