"""The HTTP half of a stand-in: keep-alive connections, one thread each."""

import os
import socket
import socketserver
import struct
import sys
import threading
import time
import traceback
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from stand_ins.answers import Answer
from stand_ins.received import Received

CONTROL_PATH = "/__calls"
_STOPPED_WITHIN = 5.0  # seconds
_RESET_ON_CLOSE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Listener(ThreadingHTTPServer):
    """Hands each request to a stand-in and sends what it answers."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, server_address, stand_in):
        self.stand_in = stand_in
        self._open = set()
        self._changed = threading.Condition()
        super().__init__(server_address, _Handler)

    def server_bind(self):
        # HTTPServer would ask the name service who 127.0.0.1 is, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address

    def process_request(self, request, client_address):
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def hang_up(self):
        """End connections that are kept alive, and wait until their threads let go."""
        with self._changed:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the other side was quicker
            self._changed.wait_for(lambda: not self._open, _STOPPED_WITHIN)

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            self.stand_in.crashes.append(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self):
        stand_in = self.server.stand_in
        url = urlsplit(self.path)
        started = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        call = Received(
            method=self.command,
            path=unquote(url.path),
            query=dict(parse_qsl(url.query, keep_blank_values=True)),
            headers=self.headers,
            body=body,
            started=started,
        )
        if call.path == CONTROL_PATH:
            counts = {"count": len(stand_in.received), "most_concurrent": stand_in.most_concurrent}
            self._send(Answer(200, counts))
            return
        answer, concurrency = None, stand_in.begin(call)
        try:
            answer = stand_in.respond(call, concurrency)
            kind, payload = answer.encoded()
        finally:
            # Before the client can see the answer: it may call again at once.
            stand_in.end(call, None if answer is None or answer.reset else answer.status)
        self._send(answer, kind, payload)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *words):
        """Say nothing: tests look at `received`."""

    def _send(self, answer, kind=None, payload=None):
        if answer.reset:
            self._break_connection()
            return
        if payload is None:
            kind, payload = answer.encoded()
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(payload) + answer.missing_bytes),
            **answer.headers,
        }
        if answer.missing_bytes:
            self.close_connection = True
        lines = [f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + payload)

    def _break_connection(self):
        """Close so that the system sends a reset, which it does only if nothing was shut down."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.rfile.close()
        self.connection.close()
