#!/usr/bin/python3
"""What a session leaves behind besides its window: nothing about the picture (leaks.md row 26).

Opens a copy of the sample under a telling name, with every debug message on, draws a box, and
looks at the log, the window's title, the core limit and the files of the home folder.
Runs under tests/xrun: traces.py PROGRAM SAMPLE"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

# What the sample's header says, and the name the file is given here.
SENTINELS = ["EXAMPLE^PERSON", "PERSON A", "H204417", "19571122", "SENTINEL-FILE-NAME"]


def titles():
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."],
                           capture_output=True, text=True).stdout.split()
    return [subprocess.run(["xdotool", "getwindowname", window], capture_output=True,
                           text=True).stdout.strip() for window in found]


def main():
    program, sample = sys.argv[1:3]
    home = pathlib.Path(os.environ["HOME"])
    folder = pathlib.Path(tempfile.mkdtemp())
    picture = folder / "SENTINEL-FILE-NAME.dcm"
    shutil.copy(sample, picture)
    environment = dict(os.environ, G_MESSAGES_DEBUG="all", GTK_A11Y="none")
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([program, str(picture)], env=environment, stdout=log,
                                   stderr=subprocess.STDOUT)
    try:
        end = time.time() + 20
        while time.time() < end and "Imprimatur" not in titles():
            time.sleep(0.2)
        time.sleep(2)
        shown = titles()
        subprocess.run(["xdotool", "mousemove", "300", "300", "mousedown", "1", "mousemove", "340",
                        "340", "mousemove", "420", "400", "mouseup", "1"], check=True)
        time.sleep(1)
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
        core = [line.split()[4:6] for line in limits.splitlines()
                if line.startswith("Max core file size")]
    finally:
        process.terminate()
        process.wait(10)
    text = (folder / "log").read_text(errors="replace")
    files = [path for path in home.rglob("*") if path.is_file()]
    told = [word for word in SENTINELS if word in text]
    kept = [path for path in files
            if any(word.encode() in path.read_bytes() or word in path.name for word in SENTINELS)]
    checks = [
        ("/leaks/row-26/the-title-is-neutral", shown and set(shown) == {"Imprimatur"}, shown),
        ("/leaks/row-26/no-core-file", core == [["0", "0"]], core),
        ("/leaks/row-26/the-full-log-names-nobody", len(text) > 0 and not told, told),
        ("/leaks/row-24/no-file-names-the-picture", not kept, kept),
    ]
    print(f"1..{len(checks)}")
    for number, (name, good, seen) in enumerate(checks, 1):
        print(f"{'ok' if good else 'not ok'} {number} {name}")
        if not good:
            print(f"# {seen}")
    shutil.rmtree(folder)
    return 0 if all(good for _, good, _ in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
