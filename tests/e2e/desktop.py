"""Driving the real program through its accessibility tree, as a screen reader would.

Runs inside tests/xrun. Widgets are found by role and by what they are called; everything that
takes time is polled for, nothing sleeps for a fixed time.
"""
import os
import pathlib
import re
import subprocess
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

BORDER = 5
PATIENCE = float(os.environ.get('IMP_PATIENCE', '20'))

# What GTK 4.18 calls by a role of its own, by the name that GTK 4.8 gives it.
ROLES = {'button': 'push button', 'radio button': 'check box', 'grouping': 'panel', 'entry': 'text'}


class NotFound(AssertionError):
    """What was waited for did not come."""


def wait_for(what, probe, patience=None):
    """The first true value of probe(), or NotFound."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        try:
            found = probe()
        except GLib.Error:  # the widget went away while it was looked at
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotFound(f'waited in vain for {what}')
        time.sleep(0.05)


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node, depth=0):
    """Every visible node below this one."""
    for child in children(node):
        states = child.get_state_set()
        if depth > 0 and not states.contains(Atspi.StateType.VISIBLE):
            continue
        yield child
        yield from walk(child, depth + 1)


def role_of(node):
    """The role's name, the same for all versions of GTK."""
    role = node.get_role_name()
    return ROLES.get(role, role)


def text_of(node):
    """Name and, for texts, content."""
    parts = [node.get_name() or '']
    try:
        content = node.get_text_iface()
        if content is not None:
            parts.append(Atspi.Text.get_text(content, 0, Atspi.Text.get_character_count(content)))
    except GLib.Error:
        pass
    return ' '.join(part for part in parts if part)


class Program:
    """The running program."""

    def __init__(self, path, *arguments, environment=None):
        self.log = pathlib.Path(os.environ['HOME']).parent / 'program.log'
        with open(self.log, 'w') as log:
            self.process = subprocess.Popen([path, *map(str, arguments)], stdout=log, stderr=log,
                                            env=os.environ | (environment or {}))
        self.name = pathlib.Path(path).name
        Atspi.init()
        self.root = wait_for('the program', self._application)
        self.window = wait_for('the window', lambda: subprocess.run(
            ['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
            capture_output=True, text=True).stdout.split()[-1:])[0]

    def focus(self):
        """Without a window manager nobody hands the keyboard back when a popover has gone."""
        subprocess.run(['xdotool', 'windowfocus', '--sync', self.window], check=True)

    def window_title(self):
        return subprocess.run(['xdotool', 'getwindowname', self.window], check=True,
                              capture_output=True, text=True).stdout

    def resize(self, width, height):
        """Makes the window so large that nothing has to be scrolled to."""
        subprocess.run(['xdotool', 'windowmove', self.window, '0', '0',
                        'windowsize', '--sync', self.window, str(width), str(height)], check=True)

    def _application(self):
        if self.process.poll() is not None:
            raise NotFound(f'the program ended with {self.process.returncode}:\n'
                           f'{self.log.read_text()}')
        desktop = Atspi.get_desktop(0)
        for child in children(desktop):
            if child.get_name() == self.name and child.get_child_count() > 0:
                return child
        return None

    def nodes(self, role=None, name=None, within=None, sensitive=None):
        pattern = re.compile(name, re.I) if name else None
        for node in walk(within or self.root):
            if role and role_of(node) not in (role if isinstance(role, tuple) else (role,)):
                continue
            if pattern and not pattern.search(text_of(node)):
                continue
            if sensitive is not None and sensitive != node.get_state_set().contains(
                    Atspi.StateType.SENSITIVE):
                continue
            yield node

    def find(self, role=None, name=None, within=None, patience=None, sensitive=None):
        return wait_for(f'{role or "anything"} called {name!r}',
                        lambda: next(self.nodes(role, name, within, sensitive), None), patience)

    def has(self, role=None, name=None, within=None):
        try:
            return next(self.nodes(role, name, within), None) is not None
        except GLib.Error:
            return False

    def act(self, node, action='click'):
        """Does a named action, or the first there is."""
        iface = node.get_action_iface()
        names = [iface.get_action_name(index) for index in range(iface.get_n_actions())]
        index = names.index(action) if action in names else 0
        if not names:
            raise NotFound(f'{text_of(node)!r} can do nothing')
        iface.do_action(index)

    def click(self, name, role=('push button', 'button', 'toggle button', 'check box',
                                'radio button', 'menu item', 'page tab', 'list item'), **find):
        self.act(self.find(role, name, sensitive=True, **find))

    def press(self, name, role=('check box', 'radio button', 'toggle button', 'push button',
                                'list item'), within=None):
        """Presses with the pointer: GTK 4.8 gives check boxes no action of their own."""
        for _ in range(5):
            node = self.find(role, name, within, sensitive=True)
            box = self._at_rest(node)
            # Extents leave out the border that a window without a compositor has.
            x, y = box.x + box.width // 2 + BORDER, box.y + box.height // 2 + BORDER
            subprocess.run(['xdotool', 'mousemove', '--window', self.window, str(x), str(y),
                            'click', '1'], check=True)
            if role not in ('check box', 'radio button') or self._is_checked(node):
                return node
        raise NotFound(f'{name!r} does not take a press')

    @staticmethod
    def _at_rest(node):
        """Where a widget is once its page has stopped moving."""
        def place():
            box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
            return box, (box.x, box.y, box.width, box.height)

        box, before = place()
        for _ in range(50):
            time.sleep(0.1)
            box, now = place()
            if now == before:
                break
            before = now
        return box

    @staticmethod
    def _is_checked(node):
        """Whether the press arrived: a busy machine takes its time to say so."""
        for _ in range(30):
            if node.get_state_set().contains(Atspi.StateType.CHECKED):
                return True
            time.sleep(0.1)
        return False

    def choose(self, name, option, within=None):
        """Opens a combo row and takes the option of that name by key."""
        self.press(name, role='combo box', within=within)
        self.take_option(name, option, within)

    def take_option(self, name, option, within=None):
        """Of a combo row that is open, by key."""
        wanted = re.compile(option, re.I)

        def options():
            """The list's labels, and which of them has the focus."""
            combo = self.find('combo box', name, within)
            labels, at = [], None
            for item in self.nodes('list item', within=combo):
                if item.get_state_set().contains(Atspi.StateType.FOCUSED):
                    at = len(labels)
                labels.append(next((label.get_name() for label in walk(item)
                                    if role_of(label) == 'label'), ''))
            return (labels, at) if at is not None else None

        labels, at = wait_for(f'the list of {name!r}', options)
        to = next((index for index, label in enumerate(labels) if wanted.search(label)), None)
        if to is None:
            raise NotFound(f'{name!r} offers {labels}, and not {option!r}')
        self.keys('Down' if to > at else 'Up', repeat=abs(to - at))
        wait_for(f'{option!r} in focus', lambda: (options() or (0, None))[1] == to)
        self.keys('Return')
        wait_for('the list to close', lambda: not options())

    def type_into(self, name, text, role=('text', 'entry', 'password text'), **find):
        node = self.find(role, name, **find)
        if not node.get_editable_text_iface().set_text_contents(text):
            raise NotFound(f'{name!r} takes no text')

    def window_action(self, action):
        """A GAction that the window (or a widget in it) offers to assistive technology."""
        def offered():
            for node in [*children(self.root), *walk(self.root)]:
                iface = node.get_action_iface()
                for index in range(iface.get_n_actions() if iface else 0):
                    if iface.get_action_name(index) == action:
                        return node, index
            return None
        node, index = wait_for(f'action {action}', offered)
        node.get_action_iface().do_action(index)

    def keys(self, *names, repeat=1):
        """Keys, to whatever has the focus ("Tab", "ctrl+o", "shift+Right")."""
        for name in names if repeat else ():
            subprocess.run(['xdotool', 'key', '--clearmodifiers', '--delay', '8', '--repeat',
                            str(repeat), name], check=True)

    def say(self, within=None):
        """All that can be read on screen, in order."""
        try:
            return '\n'.join(filter(None, map(text_of, walk(within or self.root))))
        except GLib.Error:
            return ''

    def wait_to_read(self, pattern, patience=None):
        compiled = re.compile(pattern, re.I | re.S)
        return wait_for(f'the words {pattern!r} in:\n{self.say()}',
                        lambda: compiled.search(self.say()), patience)

    def read_looking(self, pattern, within):
        """As wait_to_read(); on the way, each place of the finished picture that is asked about is
        shown, and may stay."""
        compiled = re.compile(pattern, re.I | re.S)
        buttons = 'push button', 'button'

        def reached():
            if compiled.search(self.say()):
                return True
            try:
                for node in list(self.nodes(buttons, '^(Show|I looked at) place 1 of', within)):
                    self.act(node)
            except GLib.Error:  # it has gone meanwhile
                pass
            return False
        wait_for(f'the words {pattern!r} in:\n{self.say()}', reached)

    def outline(self):
        """The tree as a listing, for a person looking for a name."""
        lines = []

        def go(node, depth):
            for child in children(node):
                states = child.get_state_set()
                marks = ''.join(mark for state, mark in (
                    (Atspi.StateType.VISIBLE, 'v'), (Atspi.StateType.SENSITIVE, 's'),
                    (Atspi.StateType.FOCUSABLE, 'f'), (Atspi.StateType.FOCUSED, 'F'),
                    (Atspi.StateType.CHECKED, 'c')) if states.contains(state))
                lines.append(f"{'  ' * depth}{child.get_role_name()} [{marks}] {text_of(child)!r}"
                             f" ({child.get_description()})")
                go(child, depth + 1)
        go(self.root, 0)
        return '\n'.join(lines)

    def screenshot(self, name):
        """A picture of the display, where IMP_SHOTS names a folder for them."""
        folder = os.environ.get('IMP_SHOTS')
        if folder:
            subprocess.run(['import', '-window', 'root', f'{folder}/{name}.png'], check=True)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
