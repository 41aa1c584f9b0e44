"""A wire between browser and server that breaks where a test says: a server that is killed, an answer that is lost."""

import contextlib
import socket
import threading
from collections import Counter
from urllib.parse import urlsplit

PIECE = 4096


class Wire:
    """Listens at ``address`` and passes everything on; ``breaks`` says where it does not.

    ``""`` nowhere; ``"away"`` nobody listens; ``"request"`` in the middle of what a form sends; ``"answer"`` when the
    server has taken a form and answers. ``broken`` counts how often it did, for each place.
    """

    def __init__(self, server):
        self.breaks, self.broken = "", Counter()
        self._target = urlsplit(server).hostname, urlsplit(server).port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        """Listen no more."""
        self._listener.close()

    def _listen(self):
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            if self.breaks == "away":
                with browser:
                    self._break(browser)
                continue
            server = socket.create_connection(self._target)
            threading.Thread(target=self._carry, args=(browser, server), daemon=True).start()

    def _carry(self, browser, server):
        """Both ways, until both ends are done."""
        state = {"form": False}
        back = threading.Thread(target=self._pass_on, args=(server, browser, self._answers, state), daemon=True)
        with browser, server:
            back.start()
            self._pass_on(browser, server, self._asks, state)
            back.join()

    def _pass_on(self, source, target, may_pass, state):
        with contextlib.suppress(OSError):
            while data := source.recv(PIECE):
                if not may_pass(data, state):
                    self._break(source, target)
                    return
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def _asks(self, data, state):
        if data.startswith((b"GET ", b"POST ")):
            state["form"] = data.startswith(b"POST ")
            return self.breaks != "away"
        return not (state["form"] and self.breaks in ("request", "away"))

    def _answers(self, data, state):
        return not (state["form"] and self.breaks == "answer")

    def _break(self, *ends):
        self.broken[self.breaks] += 1
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
