"""A body that breaks off is a broken connection, not a shorter form."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from hashar.config.bodies import Whole, whole_bodies

FORM = (
    b'--b\r\nContent-Disposition: form-data; name="word"\r\n\r\nfootball\r\n'
    b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n' + b"x" * 100_000 + b"\r\n--b--\r\n"
)


def request_of(body, announced, kind="multipart/form-data; boundary=b"):
    """The request that Django makes of what came through."""
    seen = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": announced,
        "wsgi.input": io.BytesIO(body),
    }
    whole_bodies(lambda got, _: seen.append(WSGIRequest(got)) or [])(environ, None)
    return seen[0]


def test_a_whole_form_is_read():
    request = request_of(FORM, str(len(FORM)))
    assert request.POST["word"] == "football"
    assert request.FILES["photo"].size == 100_000
    request.close()


@pytest.mark.parametrize("came", [0, 10, 70, 200, 50_000, len(FORM) - 1])
def test_a_form_that_breaks_off_is_not_read(came):
    with pytest.raises(UnreadablePostError):
        _ = request_of(FORM[:came], str(len(FORM))).POST


def test_a_short_form_that_breaks_off_is_not_read():
    kind = "application/x-www-form-urlencoded"
    assert request_of(b"a=1&b=2", "7", kind).POST["b"] == "2"
    with pytest.raises(UnreadablePostError):
        _ = request_of(b"a=1&b", "7", kind).POST


@pytest.mark.parametrize("announced", ["", "abc", "²"])
def test_what_announces_no_length_is_left_to_django(announced):
    assert dict(request_of(b"", announced).POST) == {}


def test_lines_and_pieces_are_counted_alike():
    whole = Whole(io.BytesIO(b"one\ntwo\nthr"), 13)
    assert (whole.readline(), whole.read(2), whole.readline(5), whole.read(0)) == (b"one\n", b"tw", b"o\n", b"")
    assert whole.readline() == b"thr"
    with pytest.raises(ConnectionResetError):
        whole.readline()
    with pytest.raises(ConnectionResetError):
        whole.read(9)
    with pytest.raises(ConnectionResetError):
        Whole(io.BytesIO(b"one"), 4).read()


def test_what_came_of_a_file_goes_when_the_rest_does_not_come(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = request_of(FORM[:90_000], str(len(FORM)))
    with pytest.raises(UnreadablePostError):
        _ = request.POST
    assert list(tmp_path.iterdir()) == []
