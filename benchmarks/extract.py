"""How fast reports become observations, against the least that reading Vietnamese text takes.

    python benchmarks/extract.py

The floor is `unicodedata.normalize("NFC", text).casefold()` over the same texts in the same process, so the ratio holds
on any machine. Time is that of the processor, the best of several rounds after one to warm up; megabytes are those of
the text in UTF-8.
"""

import pathlib
import sys
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDERS = ("data/reports", "tests/gold/reports", "tests/gold/second")
ROUNDS = 5


def best(work, repeats=1):
    """Seconds of processor time of the quickest round, for one repeat."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(repeats):
            work()
        times.append((time.process_time() - start) / repeats)
    return min(times)


def measure(name, reports, observe):
    """Print speed, floor and ratio for some reports."""
    texts = [report.text for report in reports]
    size = sum(len(text.encode()) for text in texts) / 1e6
    found = sum(len(observe(report)) for report in reports)
    floor = best(lambda: [unicodedata.normalize("NFC", text).casefold() for text in texts], 20)
    spent = best(lambda: [observe(report) for report in reports])
    print(
        f"{name:22}{len(reports):4} reports {size:6.3f} MB {found:5} observations {size / spent:6.2f} MB/s"
        f"   floor {size / floor:4.0f} MB/s   ratio {spent / floor:4.0f}"
    )


def main():
    from analysis.observations import observe
    from analysis.reports import read_reports

    everything = []
    for folder in FOLDERS:
        reports = [report for report in read_reports(ROOT / folder) if not report.tables]
        everything += reports
        measure(folder, reports, observe)
    measure("all", everything, observe)


if __name__ == "__main__":
    main()
