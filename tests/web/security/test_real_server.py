"""The real server: what is too large is refused by its announced length, before a byte of it is read."""

import os
import socket
import subprocess
import sys
import time

import pytest

TWO_GIGABYTES = 2 * 1024**3


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """``hashar serve`` with its own data; its port."""
    data = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "hashar", "serve", "--data", str(data), "--port", str(port), "--no-worker"]
    with (data / "log").open("w") as log:
        running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        waiting = time.monotonic() + 120
        while not listens(port):
            assert running.poll() is None, (data / "log").read_text()
            assert time.monotonic() < waiting, (data / "log").read_text()
            time.sleep(0.2)
        yield port, data
    finally:
        running.terminate()
        running.wait(30)


def listens(port):
    try:
        return b"200" in asked(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")[:20]
    except OSError:
        return False


def asked(port, head, body=b""):
    """The answer to raw bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head + body)
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = line.recv(65536)
            if not piece:
                break
            answer += piece
        return answer


def post(path, *headers):
    fixed = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Content-Type: multipart/form-data; boundary=b",
    ]
    return ("\r\n".join([*fixed, *headers]) + "\r\n\r\n").encode()


def test_two_gigabytes_are_refused_before_they_are_read(server):
    port, data = server
    before = {path for path in data.rglob("*") if path.suffix == ".upload"}
    begun = time.monotonic()
    answer = asked(port, post("/en/account/login/", f"Content-Length: {TWO_GIGABYTES}"), b"--b\r\n")
    assert answer.startswith(b"HTTP/1.1 413")
    assert time.monotonic() - begun < 15, "it waited for the body"
    assert {path for path in data.rglob("*") if path.suffix == ".upload"} == before


@pytest.mark.parametrize("length", ["-1", "abc", "1, 2", "99999999999999999999999999"])
def test_a_length_that_is_none_is_refused(server, length):
    port, _ = server
    answer = asked(port, post("/en/account/login/", f"Content-Length: {length}"))
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 413", b"")


def test_a_body_of_unknown_length_is_not_taken(server):
    port, data = server
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    answer = asked(port, post("/en/account/login/", "Transfer-Encoding: chunked"), chunk * 20 + b"0\r\n\r\n")
    assert answer[:10] == b"HTTP/1.1 4"
    assert list(data.rglob("*.upload*")) == []


def test_lengths_that_contradict_each_other_are_refused(server):
    port, _ = server
    answer = asked(port, post("/en/account/login/", "Content-Length: 5", "Content-Length: 50"))
    assert answer[:12] in (b"HTTP/1.1 400", b"")


def test_a_header_without_end_is_cut_off(server):
    port, _ = server
    answer = asked(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 600_000 + b"\r\n\r\n")
    assert answer[:10] in (b"HTTP/1.1 4", b"")


def test_the_server_says_nothing_of_itself(server):
    port, _ = server
    head = asked(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").partition(b"\r\n\r\n")[
        0
    ]
    assert b"x-powered-by" not in head.lower()
    assert b"django" not in head.lower()
    assert b"python" not in head.lower()
