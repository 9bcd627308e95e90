"""The program's own side: pictures as it renders them, and what its warm helper sees in them."""
import json
import pathlib
import subprocess
import threading

from PIL import Image

import peers


def render(tool, file, frame, picture):
    """The frame of a file as the program shows it, as a PNG file."""
    plain = pathlib.Path(picture).with_suffix('.pnm')
    subprocess.run([tool, 'render', file, str(frame), plain], check=True)
    Image.open(plain).save(picture)
    plain.unlink()


class Watch(threading.Thread):
    """Looks at a process's helpers of one name while they work: the CPU time of all of them, and the most memory
    that one of them had. Whoever ends is known as it was up to 5 milliseconds before."""

    def __init__(self, process, name):
        super().__init__(daemon=True)
        self.process, self.helper, self.over = process, name, threading.Event()
        self.nanoseconds, self.peaks = {}, {}

    def _below(self, pid):
        try:
            for child in pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text(encoding='ascii').split():
                yield child
                yield from self._below(child)
        except OSError:
            pass

    def _note(self, pid):
        folder = pathlib.Path('/proc', pid)
        try:
            if not self.helper.startswith((folder / 'comm').read_text(encoding='utf-8').strip()):
                return
            status = (folder / 'status').read_text(encoding='utf-8')
            self.nanoseconds[pid] = int((folder / 'schedstat').read_text(encoding='ascii').split()[0])
            self.peaks[pid] = int(status[status.index('VmHWM:') + 6:].split()[0]) * 1024
        except (OSError, ValueError):
            pass  # it has just ended

    def run(self):
        while not self.over.wait(0.005):
            for pid in self._below(self.process.pid):
                self._note(pid)

    def stop(self):
        """(CPU seconds, peak bytes)"""
        self.over.set()
        self.join()
        return sum(self.nanoseconds.values()) / 1e9, max(self.peaks.values(), default=0)


def look(tool, pictures, *what):
    """Everything that the helper suggests, one picture after the other."""
    run = peers.Run('Imprimatur')
    run.answers = {}
    with subprocess.Popen([tool, *what], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        watch = Watch(process, 'imprimatur-screener')
        watch.start()
        for picture in pictures:
            process.stdin.write(f'{picture}\n')
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            run.wall += answer['ms'] / 1000
            if 'error' in answer:
                run.failed.append(f"{picture}: {answer['error']}")
            run.answers[picture] = answer
            run.boxes[picture] = [tuple(spot[key] for key in 'xywh') for spot in answer.get('spots', [])]
        run.cpu, run.memory = watch.stop()
        process.stdin.close()
    return run


def offer(tool, pictures):
    """What a person is offered: the regions of `imprimatur-cli screen`, with what the header, the scanner and the
    ultrasound regions give away, and without what is better kept. Faces are left out: a file that says nothing of what
    it is, as the made ones, is taken for a photograph. `pictures` are (picture, file, frame)."""
    run = peers.Run('Imprimatur, as offered')
    for picture, file, frame in pictures:
        answer = subprocess.run([tool, 'screen', file, '--frame', str(frame), '--json'], capture_output=True, text=True, check=False)
        regions = json.loads(answer.stdout)['regions'] if answer.returncode == 0 else []
        if answer.returncode != 0:
            run.failed.append(f'{file}: {answer.stderr.strip()}')
        run.boxes[picture] = [tuple(region[key] for key in 'xywh') for region in regions
                              if region['keep'] is None and 'face' not in region['reasons']]
    return run
