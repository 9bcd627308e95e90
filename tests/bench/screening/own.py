"""The program's own side: pictures as it renders them, and the suggestions of its warm helper."""
import pathlib
import subprocess

from PIL import Image


def render(tool, file, frame, picture):
    """The frame of a file as the program shows it, as a PNG file."""
    plain = pathlib.Path(picture).with_suffix('.pnm')
    subprocess.run([tool, file, str(frame), plain], check=True)
    Image.open(plain).save(picture)
    plain.unlink()
