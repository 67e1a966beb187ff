"""A display that exists only in memory, and what can be seen on it and done to its windows. Linux only.

Xvfb keeps the picture in a file, which is read here as it is; windows are asked to close through libX11, the way a
desktop does it when someone presses the ×. Neither needs another program.
"""

import ctypes
import mmap
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

WIDTH, HEIGHT = 1280, 800
CLIENT_MESSAGE = 33
VIEWABLE = 2
Seen = TypeVar("Seen")


class _Message(ctypes.Structure):
    """An event of Xlib that a program sends to another, padded to the size of the largest event."""

    _fields_ = (
        ("kind", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("sent", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


class _Attributes(ctypes.Structure):
    """Where and how a window is; only the state of being mapped is read."""

    _fields_ = (
        ("place", ctypes.c_int * 6),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        ("gravity", ctypes.c_int * 4),
        ("planes", ctypes.c_ulong * 2),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("colormap_installed", ctypes.c_int),
        ("state", ctypes.c_int),
        ("padding", ctypes.c_long * 8),
    )


class Screen:
    """An Xvfb of its own. `name` is what DISPLAY must say. Use it in a with statement."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nnviz-screen-")
        size = f"{width}x{height}x24"
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-nocursor"]
        self._server = subprocess.Popen(
            [*command, "-fbdir", self._folder.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._server.stdout is not None
        number = self._server.stdout.readline().decode().strip()  # written once the server is ready
        if not number:
            raise OSError("Xvfb did not start")
        self.name = f":{number}"
        with Path(self._folder.name, "Xvfb_screen0").open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._x = _library()
        self._display = self._x.XOpenDisplay(self.name.encode())
        if not self._display:
            raise OSError(f"the display {self.name} cannot be opened")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._x.XCloseDisplay(self._display)
        self._picture.close()
        self._server.terminate()
        self._server.wait(10)
        self._folder.cleanup()

    def pixels(self) -> bytes:
        """The picture, 4 bytes a pixel, without its header."""
        header, colors = struct.unpack_from(">I", self._picture, 0)[0], struct.unpack_from(">I", self._picture, 76)[0]
        return self._picture[header + 12 * colors :]

    def colors(self) -> int:
        """How many different colours are on the screen."""
        return len(set(memoryview(self.pixels()).cast("I")))

    def windows(self) -> dict[int, str]:
        """The windows that can be seen and can be asked to close, with their titles."""
        return {window: self._title(window) for window in self._children() if self._is_visible(window)}

    def close(self, window: int) -> None:
        """Asks a window to close, as the × in its frame does."""
        protocols, delete = self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW")
        data = (ctypes.c_long * 5)(delete, 0, 0, 0, 0)
        message = _Message(CLIENT_MESSAGE, 0, 1, self._display, window, protocols, 32, data)
        self._x.XSendEvent(self._display, window, 0, 0, ctypes.byref(message))
        self._x.XFlush(self._display)

    def _children(self) -> list[int]:
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        top = self._x.XDefaultRootWindow(self._display)
        found = map(ctypes.byref, (root, parent, children, count))
        if not self._x.XQueryTree(self._display, top, *found) or not children:
            return []
        windows = children[: count.value]
        self._x.XFree(children)
        return windows

    def _is_visible(self, window: int) -> bool:
        attributes = _Attributes()
        if not self._x.XGetWindowAttributes(self._display, window, ctypes.byref(attributes)):
            return False
        atoms, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_int()
        if not self._x.XGetWMProtocols(self._display, window, ctypes.byref(atoms), ctypes.byref(count)):
            return False
        protocols = atoms[: count.value]
        self._x.XFree(atoms)
        return attributes.state == VIEWABLE and self._atom("WM_DELETE_WINDOW") in protocols

    def _title(self, window: int) -> str:
        kind, form, items, rest = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        text = ctypes.c_char_p()
        asked = (window, self._atom("_NET_WM_NAME"), 0, 1024, 0, self._atom("UTF8_STRING"))
        given = map(ctypes.byref, (kind, form, items, rest, text))
        self._x.XGetWindowProperty(self._display, *(ctypes.c_long(value) for value in asked), *given)
        title = (text.value or b"").decode()
        if text:
            self._x.XFree(text)
        return title

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))


def wait_for(look: Callable[[], Seen], seconds: float, every: float = 0.05) -> Seen | None:
    """What look() gives once it gives something; None when it did not within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(every)
    return None


def _go_on(_display: int, _error: int) -> int:
    """A window may go while it is asked about; Xlib would end this process."""
    return 0


_ERROR_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(_go_on)


def _library() -> ctypes.CDLL:
    x = ctypes.CDLL("libX11.so.6")
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    x.XOpenDisplay.restype = pointer
    x.XOpenDisplay.argtypes = (ctypes.c_char_p,)
    x.XCloseDisplay.argtypes = (pointer,)
    x.XDefaultRootWindow.restype = number
    x.XDefaultRootWindow.argtypes = (pointer,)
    x.XQueryTree.argtypes = (pointer, number, pointer, pointer, pointer, pointer)
    x.XGetWindowAttributes.argtypes = (pointer, number, pointer)
    x.XGetWMProtocols.argtypes = (pointer, number, pointer, pointer)
    x.XGetWindowProperty.argtypes = (pointer, *[ctypes.c_long] * 6, *[pointer] * 5)
    x.XInternAtom.restype = number
    x.XInternAtom.argtypes = (pointer, ctypes.c_char_p, ctypes.c_int)
    x.XSendEvent.argtypes = (pointer, number, ctypes.c_int, ctypes.c_long, pointer)
    x.XFlush.argtypes = (pointer,)
    x.XFree.argtypes = (pointer,)
    x.XSetErrorHandler(_ERROR_HANDLER)
    return x
