#!/usr/bin/python3
"""Measures a register of 300,000 people and 1,000,000 permissions, encrypted and not, in one run, and
says how far each figure is from what is asked of it.

Usage: register.py BENCH-REGISTER BENCH-REGISTER-PLAIN [PEOPLE] [--write PAGE]
"""

import datetime
import platform
import subprocess
import sys

# What is asked: name, words, milliseconds.
ASKED = [
    ("number-p99", "A number, p99", 5),
    ("misspelt-name-p99", "A misspelt name with a given name, p99", 100),
    ("misspelt-family-name-p99", "A misspelt family name alone, p99", 100),
    ("view-expiring", "Expires this month, first page", 200),
    ("view-withdrawn", "Withdrawn, still out there, first page", 200),
    ("view-coming-of-age", "Turning 16 or 18, first page", 200),
    ("view-waiting", "Waiting for a second person, first page", 200),
    ("view-missing-evidence", "Missing evidence, first page", 200),
    ("view-unplaced", "Exports without a place, first page", 200),
    ("view-published", "Published, first page", 200),
    ("view-consented", "Consented lately, first page", 200),
    ("retention", "Whose time of retention is over, first page", 200),
    ("open", "Opening the file, its key known", 1000),
]
SAID = [
    ("number-p50", "A number, median"),
    ("number-recorded-p50", "A number, the look-up recorded on disk, median"),
    ("number-in-search-p99", "A number typed into the search, p99"),
    ("permissions-p99", "A person's permissions, p99"),
    ("name-p99", "A name as it is spelt, p99"),
    ("misspelt-name-p50", "A misspelt name with a given name, median"),
    ("misspelt-family-name-p50", "A misspelt family name alone, median"),
]
# What encryption may cost: the time that the look-ups themselves use, whatever else the machine does.
RATIO = ["number-used", "permissions-used", "name-used", "misspelt-name-used",
         "misspelt-family-name-used"]
MOST_RATIO = 1.5
TITLE = "# How fast the register is"


def measure(programs, people):
    """Both at the same time, so that whatever disturbs one disturbs the other."""
    running = [subprocess.Popen([program, people], stdout=subprocess.PIPE, text=True)
               for program in programs]
    outputs = [each.communicate()[0] for each in running]
    if any(each.returncode for each in running):
        sys.exit("A benchmark failed.")
    return [{name: float(value) for name, value in (line.split() for line in output.splitlines())}
            for output in outputs]


def describe(people, encrypted, plain):
    lines = [TITLE, "",
             f"Written by `tests/bench/register.py` on {datetime.date.today()}: "
             f"{int(people):,} people and {int(people) * 10 // 3:,} permissions who do not exist, "
             f"{encrypted['mebibytes']:.0f} MiB, {platform.machine()}, one thread. Milliseconds, "
             "through the gate as windows and the command line ask.", "",
             "| What | Asked | Encrypted | Not encrypted |", "|---|---|---|---|"]
    lines += [f"| {words} | ≤ {most} | {encrypted[name]:.1f} | {plain[name]:.1f} |"
              for name, words, most in ASKED]
    lines += [f"| {words} | | {encrypted[name]:.2f} | {plain[name]:.2f} |" for name, words in SAID]
    ratios = {name: encrypted[name] / plain[name] for name in RATIO}
    counts = [name for name in encrypted if name.startswith("count-")]
    lines += ["", "Encrypted to not encrypted, by the processor time of look-ups (at most 1.5 is asked): "
              + ", ".join(f"{name[:-5].replace('-', ' ')} {ratio:.2f}"
                          for name, ratio in ratios.items()) + ".",
              "", "All the numbers beside the views, together: "
              f"{sum(encrypted[name] for name in counts):.0f} ms, in a thread of their own.",
              "", "Of misspelt names one letter is wrong, missing, added or exchanged, drawn by lot: "
              f"with the given name, {encrypted['misspelt-name-found']:.1%} of the people were among "
              f"the first 50 found; by the family name alone "
              f"{encrypted['misspelt-family-name-found']:.1%}, as many share one.", ""]
    missed = [words for name, words, most in ASKED if encrypted[name] > most]
    missed += [f"{name}: {ratio:.2f} times" for name, ratio in ratios.items() if ratio > MOST_RATIO]
    lines += ["Slower than asked: " + ("; ".join(missed) if missed else "nothing") + ".", ""]
    return "\n".join(lines)


def main():
    arguments = sys.argv[1:]
    page = None
    if "--write" in arguments:
        page = arguments[arguments.index("--write") + 1]
        arguments = arguments[:arguments.index("--write")]
    people = arguments[2] if len(arguments) > 2 else "300000"
    text = describe(people, *measure(arguments[:2], people))
    print(text)
    if page:
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
