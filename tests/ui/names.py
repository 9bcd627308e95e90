#!/usr/bin/python3
"""Whatever can have the keyboard has a name that a screen reader can say.

Starts the program on the sample and walks what it tells assistive technology, place by place. A
focusable widget without a name of its own is announced by GTK as its class ("GtkButton").
What is not on screen is not told at all: neither the other pages of a stack, nor the other place.
Runs under tests/xrun: names.py PROGRAM SAMPLE"""
import os
import re
import subprocess
import sys
import time

import pyatspi

UNNAMED = re.compile(r"^(Gtk|Adw|Imp)[A-Z]\w*$")

# A list takes the focus only while it is empty, a scrolled area never by Tab.
PASSED_OVER = {pyatspi.ROLE_LIST, pyatspi.ROLE_SCROLL_PANE}


def wait_for(what, seconds=20):
    """Returns the first true answer of what(), or None when the time is over."""
    end = time.time() + seconds
    while time.time() < end:
        try:
            found = what()
        except Exception:
            found = None  # the tree changed under the question: ask again
        if found:
            return found
        time.sleep(0.1)
    return None


def find_app(pid):
    for app in pyatspi.Registry.getDesktop(0):
        if app is not None and app.get_process_id() == pid:
            return app
    return None


def walk(node, depth=0):
    yield node
    for i in range(node.childCount):
        child = node.getChildAtIndex(i)
        if child is not None and depth < 60:
            yield from walk(child, depth + 1)


def find(app, pattern):
    for node in walk(app):
        if re.search(pattern, node.name or ""):
            return node
    return None


def path_of(node):
    parts = []
    while node is not None and node.getRole() != pyatspi.ROLE_APPLICATION and len(parts) < 6:
        parts.append(f"{node.getRoleName()} {node.name!r}")
        node = node.parent
    return " < ".join(parts)


def in_entry_row(node):
    """The icons in an entry row are libadwaita's own."""
    for _ in range(3):
        node = node.parent
        if node is None or node.getRole() == pyatspi.ROLE_TEXT:
            return node is not None
    return False


def unnamed(app):
    found = []
    for node in walk(app):
        states = node.getState()
        if (states.contains(pyatspi.STATE_FOCUSABLE) and states.contains(pyatspi.STATE_VISIBLE)
                and node.getRole() not in PASSED_OVER and UNNAMED.match(node.name or "")
                and not in_entry_row(node)):
            found.append(path_of(node))
    return found


# Of the desk's pages, its panes and its hints, and of the register's place.
ELSEWHERE = {
    "desk": [r"^Opening the picture", r"^Open a picture", r"^Drop the picture here",
             r"^Make the consent register"],
    "register": [r"^Picture$", r"^Opening the picture", r"^Drop the picture here"],
}


def heard(app, place):
    """What is told although it is on no screen."""
    return [node_path for pattern in ELSEWHERE[place]
            for node_path in [path_of(node) for node in [find(app, pattern)] if node]]


def act(app, name):
    """Calls an action of the window by its name."""
    for frame in app:
        action = frame.queryAction()
        for i in range(action.nActions):
            if action.getName(i) == name:
                action.doAction(i)
                return True
    return False


def show_place(app, name):
    """Presses the button of the place in the header."""
    for node in walk(app):
        if node.name == name and node.getRole() == pyatspi.ROLE_PAGE_TAB:
            node.queryAction().doAction(0)
            return True
    return False


def tell_places(app):
    failures = 0
    for number, place, title in ((4, "desk", "Desk"), (5, "register", "Register")):
        there = bool(wait_for(lambda: show_place(app, title)))
        time.sleep(0.5)
        bad = wait_for(lambda: [heard(app, place)], 5)
        bad = bad[0] if bad else ["the tree could not be read"]
        for line in bad:
            print(f"# heard, not seen: {line}")
        ok = there and not bad
        failures += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - nothing is heard that is not seen: {place}")
    show_place(app, "Desk")
    return failures


def main():
    program, sample = sys.argv[1:3]
    environment = dict(os.environ)
    environment.pop("GTK_A11Y", None)
    process = subprocess.Popen([program, sample], env=environment)
    failures = 0
    print("1..6")
    try:
        app = wait_for(lambda: find_app(process.pid))
        steps = [
            ("the desk with a picture", None, lambda: find(app, r"^Picture$")),
            ("a box", "canvas.add-box", lambda: find(app, r"^Box 1, ")),
            ("the export pane", "win.export", lambda: True),
            ("closing asks", "win.close", lambda: find(app, r"Keep working")),
        ]
        for number, (name, action, arrived) in zip((1, 2, 3, 6), steps):
            if action == "canvas.add-box":
                canvas = find(app, r"^Picture$").queryAction()
                for i in range(canvas.nActions):
                    if canvas.getName(i) == action:
                        canvas.doAction(i)
            elif action:
                act(app, action)
            there = bool(wait_for(arrived))
            time.sleep(0.5)
            bad = wait_for(lambda: [unnamed(app)], 5)
            bad = bad[0] if bad else ["the tree could not be read"]
            for line in bad:
                print(f"# {line}")
            ok = there and not bad
            failures += not ok
            print(f"{'ok' if ok else 'not ok'} {number} - everything has a name: {name}")
            if number == 3:
                failures += tell_places(app)
    finally:
        process.terminate()
        process.wait(10)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
