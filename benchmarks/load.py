"""Requests a second of an address: by wrk where it is, else by a loop of our own."""

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlsplit

CONNECTIONS = 16
APART = 0.2  # seconds
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


@dataclass(frozen=True)
class Asked:
    """An address, the headers it is asked with, and the status that has to come."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def rates(
    asked: Mapping[str, Asked], alternations: int, seconds: float
) -> tuple[dict[str, float], dict[str, str]]:
    """Of each the median of requests a second, or why it has none.

    They are asked in turns, so that what disturbs one disturbs all.
    """
    found: dict[str, list[float]] = {}
    faults: dict[str, str] = {}
    for number in range(alternations + 1):
        for name, each in asked.items():
            try:
                measured = rate(each, seconds if number else 1)
            except (RuntimeError, OSError, subprocess.CalledProcessError) as fault:
                faults[name] = str(fault)
            else:
                found.setdefault(name, []).extend([measured] * (number > 0))
    return {name: median(values) for name, values in found.items() if name not in faults and values}, faults


def rate(asked: Asked, seconds: float) -> float:
    """Requests a second. Raises ``RuntimeError`` where other answers come than those wanted."""
    return _by_wrk(asked, seconds) if shutil.which("wrk") else asyncio.run(_by_loop(asked, seconds))


def generator() -> str:
    """What makes the requests."""
    return "wrk" if shutil.which("wrk") else "a loop in Python, which slows fast servers down"


def _by_wrk(asked: Asked, seconds: float) -> float:
    """By two programs, one a moment after the other, each with half of the connections.

    Of connections that are all opened at once, one of the processes of a server sometimes gets every one.
    """
    headers = [part for name, value in asked.headers.items() for part in ("-H", f"{name}: {value}")]
    lasting = f"-d{max(1, round(seconds))}s"
    command = ["wrk", "-t1", f"-c{CONNECTIONS // 2}", lasting, "--timeout=10s", *headers, asked.address]
    running = []
    for _ in range(2):
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        time.sleep(APART)
    said = [each.communicate()[0] for each in running]
    return sum(_rate_in(each, asked) for each in said)


def _rate_in(said: str, asked: Asked) -> float:
    if bad := _BAD.search(said):
        raise RuntimeError(f"{asked.address}: {bad[0]}")
    found = _RATE.search(said)
    if not found:
        raise RuntimeError(f"wrk said no rate: {said[-200:]}")
    return float(found[1])


async def _by_loop(asked: Asked, seconds: float) -> float:
    began = time.perf_counter()
    counts = await asyncio.gather(*(_connection(asked, began + seconds) for _ in range(CONNECTIONS)))
    return sum(counts) / (time.perf_counter() - began)


async def _connection(asked: Asked, until: float) -> int:
    place = urlsplit(asked.address)
    path = f"{place.path}?{place.query}" if place.query else place.path
    headers = {"Host": place.netloc, **asked.headers}
    request = f"GET {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items()) + "\r\n"
    count = 0
    while time.perf_counter() < until:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            while time.perf_counter() < until:
                writer.write(request.encode())
                if not await _answer(reader, asked.status):
                    break
                count += 1
        finally:
            writer.close()
    return count


async def _answer(reader: asyncio.StreamReader, status: int) -> bool:
    """Read one answer; whether the connection stays. Raises ``RuntimeError`` for another status."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    except asyncio.IncompleteReadError:
        return False
    if head.split()[1] != str(status):
        raise RuntimeError(f"{head.split()[1]} instead of {status}")
    if length := re.search(r"content-length: (\d+)", head):
        await reader.readexactly(int(length[1]))
    elif "transfer-encoding: chunked" in head:
        await _chunks(reader)
    return "connection: close" not in head


async def _chunks(reader: asyncio.StreamReader) -> None:
    while size := int((await reader.readline()).split(b";")[0], 16):
        await reader.readexactly(size + 2)
    await reader.readline()
