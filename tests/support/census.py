"""Census: a server on this machine that hands out files as the Census Bureau does, or fails."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Census:
    """What is served, how it fails, and what was asked."""

    def __init__(self):
        self.files = {}  # path -> bytes
        self.kind = "application/zip"
        self.status = 200
        self.cut = []  # after how many bytes each of the next answers ends
        self.edition = '"one"'
        self.ranges = True
        self.asked = []  # path and range of each request
        self.url = ""

    def answer(self, handler):
        asked = handler.headers.get("Range", "")
        self.asked.append((handler.path, asked))
        if self.status != 200 or handler.path not in self.files:
            handler.send_error(self.status if self.status != 200 else 404)
            return
        body, start = self.files[handler.path], 0
        if asked and self.ranges and handler.headers.get("If-Range") == self.edition:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.send_header("Content-Type", self.kind)
        handler.send_header("Content-Length", str(len(body) - start))
        if self.edition:
            handler.send_header("ETag", self.edition)
        handler.end_headers()
        end = start + self.cut.pop(0) if self.cut else len(body)
        handler.wfile.write(body[start:end])


@contextmanager
def serving():
    """Yield a `Census` that listens on this machine."""
    census = Census()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            census.answer(self)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    census.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield census
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
