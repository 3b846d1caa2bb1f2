"""HTTP to a model's server within bounds: nothing is sent on to elsewhere, no reply is endless in size or time."""

import atexit
from collections.abc import Iterator
from functools import cache
from time import monotonic

import httpx

MOST_BYTES = 4_000_000
"""Of one reply as sent: a hundred times the longest that is of use, its framing included."""

_UNTIL = "prepbot.until"


@cache
def bounded_client(timeout: float) -> httpx.Client:
    """The process's client for a timeout: it follows no redirect, and its replies end at `timeout` or at MOST_BYTES.

    httpx alone bounds only the wait for the next byte: a server that drips would hold a thread for ever, and one that
    packs blanks would fill the memory. Replies are asked for unpacked, since a packed one tells its size too late.
    """

    def ask(request: httpx.Request) -> None:
        request.headers["Accept-Encoding"] = "identity"
        request.extensions[_UNTIL] = monotonic() + timeout

    client = httpx.Client(follow_redirects=False, event_hooks={"request": [ask], "response": [_bound]})
    atexit.register(client.close)
    return client


def _bound(response: httpx.Response) -> None:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise httpx.DecodingError("The reply is packed, though it was asked for unpacked.", request=response.request)
    assert isinstance(response.stream, httpx.SyncByteStream)
    response.stream = _Bounded(response.stream, response.request)


class _Bounded(httpx.SyncByteStream):
    """A reply's bytes; iterating raises httpx.ReadTimeout or ReadError where they pass a bound."""

    def __init__(self, stream: httpx.SyncByteStream, request: httpx.Request) -> None:
        self._stream = stream
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise httpx.ReadError("The reply is too large.", request=self._request)
            if monotonic() > self._request.extensions[_UNTIL]:
                raise httpx.ReadTimeout("The reply goes on for too long.", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
