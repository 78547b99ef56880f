"""A node that does not tell the truth: a proxy in front of the real one that changes chosen answers."""

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Change = Callable[[str, list[Any], Any], Any]
"""Method, parameters and the node's result; what is told instead. Raises Refuse for an error in its place."""


class Refuse(Exception):
    """The node says no."""


@contextmanager
def lying_node(url: str, change: Change) -> Iterator[str]:
    """The URL of a proxy for the node at `url`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            asked = json.loads(body)
            answers = _ask(url, body)
            calls, results = (asked, answers) if isinstance(asked, list) else ([asked], [answers])
            by_id = {each["id"]: each for each in calls}
            told = [_told(change, by_id[each["id"]], each) for each in results]
            self._send(json.dumps(told if isinstance(asked, list) else told[0]).encode())

        def _send(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the tests say what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _ask(url: str, body: bytes) -> Any:
    request = urllib.request.Request(url, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _told(change: Change, call: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    if "error" in answer:
        return answer
    try:
        result = change(call["method"], call["params"], answer["result"])
    except Refuse as refusal:
        return {"jsonrpc": "2.0", "id": answer["id"], "error": {"code": -32000, "message": str(refusal)}}
    return {"jsonrpc": "2.0", "id": answer["id"], "result": result}
