"""A server on loopback that speaks the protocol of OpenAI's chat completions, well or badly, as a test asks."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer: a text streamed in pieces, or a status, a silence or a break in the middle."""

    text: str = ""
    status: int = 200
    breaks_after: int | None = None
    """Pieces after which the connection is cut."""
    silent: float = 0.0
    """Seconds of silence before the first piece."""


@dataclass
class Stub:
    """Where the server listens, and what it was asked."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def stub(replies: Sequence[Reply]) -> Iterator[Stub]:
    """Serve `replies` one after the other, the last one for ever; stop at the end."""
    seen = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            reply = replies[min(len(seen.asked), len(replies) - 1)]
            seen.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if reply.status != 200:
                body = json.dumps({"error": {"message": "no", "type": "t", "code": "c"}}).encode()
                self.send_response(reply.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Retry-After", "0")
                self.end_headers()
                self.wfile.write(body)
                return
            self.stream(reply)

        def stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            time.sleep(reply.silent)
            pieces = [reply.text[at : at + 40] for at in range(0, len(reply.text), 40)]
            for number, piece in enumerate(pieces):
                if number == reply.breaks_after:
                    self.close_connection = True
                    return
                self.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            self.chunk(b"data: [DONE]\n\n")
            self.chunk(b"")

        def event(self, fields: dict[str, Any]) -> None:
            whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub", **fields}
            self.chunk(b"data: " + json.dumps(whole).encode() + b"\n\n")

        def chunk(self, body: bytes) -> None:
            try:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    seen.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
