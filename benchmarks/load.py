"""A load generator for one's own machine: so many connections, so many requests, so many seconds at most."""

import http.client
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Load:
    """What one address answered."""

    name: str
    threads: int
    times: list[float] = field(default_factory=list)
    wall: float = 0.0
    size: int = 0
    """Bytes of one answer over the wire."""
    errors: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.times) / self.wall if self.wall else 0.0

    def share(self, percent: int) -> float:
        """Milliseconds within which so many per cent of the answers came."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else float("nan")


def press(port: int, path: str, cookie: str, *, name: str, threads: int, count: int, seconds: float) -> Load:
    """Ask for ``path`` on ``threads`` lasting connections, ``count`` times in all or for ``seconds``."""
    load, lock = Load(name, threads), threading.Lock()
    left = iter(range(count))
    end = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Accept-Language": "en"}
        while time.monotonic() < end:
            with lock:
                if next(left, None) is None:
                    break
            begin = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            spent = time.perf_counter() - begin
            with lock:
                load.times.append(spent)
                load.size = len(body)
                load.errors += answer.status != 200
        connection.close()

    begin = time.perf_counter()
    workers = [threading.Thread(target=ask) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    load.wall = time.perf_counter() - begin
    return load
