"""The whole service over a real chain and a real database: mirror, relay and API at work, and parties that sign."""

import itertools
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import httpx
import uvicorn
from coincurve import PrivateKey

from api.app import create_app
from api.auth.ethereum import Place
from api.news import News
from api.service import Service
from ledger.chain.rpc import Rpc
from ledger.domain import drafts
from ledger.domain.acts import Act
from ledger.domain.drafts import Draft, Signature
from ledger.domain.hashing import keccak
from ledger.mirror.follow import Mirror
from ledger.relay.account import Relayer
from ledger.relay.loop import Options, Relay
from ledger.relay.watch import Patience
from ledger.sql.engine import Database
from ledger.workflows.node import Node
from tests.chain.founders import address_of, key_of, sign
from tests.mirror.scene import Scene

RELAYER_KEY = keccak(b"relayer of the tests")
_KEYS = itertools.count()


@dataclass(frozen=True)
class Processes:
    """Which of the service's processes run beside the API."""

    mirror: bool = True
    relay: bool = True


class Town:
    """Scene's parties as users of the API. Stands from `with` to its end."""

    def __init__(self, rpc: Rpc, database: Database, processes: Processes | None = None) -> None:
        self.scene = Scene(rpc)
        self.rpc = rpc
        self.database = database
        self._processes = processes or Processes()
        self._stop = threading.Event()
        self._ends = ExitStack()
        self._tokens: dict[str, str] = {}
        self.relayer = Relayer(RELAYER_KEY, self.scene.deployment.chain_id)
        rpc.call("anvil_setBalance", self.relayer.address, hex(10**22))
        patience = Patience()
        self.relay = Relay(
            rpc, database, self.scene.deployment, self.relayer, Options(pause_seconds=0.05, patience=patience)
        )

    def __enter__(self) -> Self:
        if self._processes.mirror:
            self._in_background(Mirror(self.rpc, self.database, self.scene.deployment).run)
        if self._processes.relay:
            self._in_background(self.relay.run)
        self.url = self._serve()
        self.http = self._ends.enter_context(httpx.Client(base_url=self.url, timeout=30))
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._ends.close()

    # --- asking

    def sign_in(self, name: str) -> str:
        """A session's token for the signer of this name."""
        if name not in self._tokens:
            nonce = self.http.post("/v1/auth/nonce").json()["nonce"]
            answer = self.http.post("/v1/auth/sessions", json=self.signed_in(name, nonce))
            assert answer.status_code == 201, answer.text
            self._tokens[name] = answer.json()["token"]
        return self._tokens[name]

    def signed_in(self, name: str, nonce: str, **changed: str) -> dict[str, str]:
        """A signed EIP-4361 message; `changed` puts other values in."""
        said = {
            "domain": self.url.removeprefix("http://"),
            "address": address_of(key_of(name)),
            "uri": self.url,
            "chain": str(self.scene.deployment.chain_id),
            "issued": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "end": "",
        } | changed
        text = (
            f"{said['domain']} wants you to sign in with your Ethereum account:\n{said['address']}\n\n"
            f"Sign in to Duebill.\n\nURI: {said['uri']}\nVersion: 1\nChain ID: {said['chain']}\n"
            f"Nonce: {nonce}\nIssued At: {said['issued']}{said['end']}"
        )
        return {"message": text, "signature": "0x" + sign_text(key_of(name), text).hex()}

    def get(self, name: str | None, path: str, **query: Any) -> httpx.Response:
        """A read in the name of a signer, or of nobody."""
        return self.http.get(path, params=query or None, headers=self._headers(name))

    def write(
        self, name: str | None, path: str, body: Any, key: str | None = None, method: str = "POST"
    ) -> httpx.Response:
        """A write with an idempotency key of its own unless one is given."""
        headers = self._headers(name) | {"Idempotency-Key": key or f"test-key-{next(_KEYS)}"}
        return self.http.request(method, path, json=body, headers=headers)

    def put_draft(self, name: str, document: dict[str, Any], **more: Any) -> httpx.Response:
        """A new draft."""
        return self.write(name, "/v1/drafts", {"document": document, **more})

    def final(self, name: str, operation: str, wait: str = "final") -> dict[str, Any]:
        """The operation once it is final, with blocks mined meanwhile."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            found: dict[str, Any] = self.get(name, f"/v1/operations/{operation}").json()
            if found["status"] in (wait, "final", "failed", "expired"):
                return found
            if found["status"] == "mined":
                self.scene.mine(1)
            time.sleep(0.02)
        raise AssertionError(f"operation {operation} did not become {wait}: {found}")

    # --- signing

    def document(
        self,
        kind: str,
        messages: Mapping[str, Act],
        signed: Mapping[str, tuple[str, ...]] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """A draft document. signed: by message, the names of those who sign."""
        place = self.scene.deployment
        draft = Draft(kind, place.chain_id, place.ledger, place.parties, dict(messages))
        for message, names in (signed or {}).items():
            for name in names:
                draft = draft.with_signature(self.signature(draft, message, name))
        return drafts.to_json(draft) | ({"extra": dict(extra)} if extra else {})

    def signature(self, draft: Draft, message: str, name: str) -> Signature:
        """One signer's proof over one message."""
        key = key_of(name)
        return Signature(message, address_of(key), sign(key, draft.digest(message)))

    def proof(self, document: dict[str, Any], message: str, name: str) -> dict[str, str]:
        """The same as the API takes it, for a document that is stored."""
        made = self.signature(drafts.from_json(document), message, name)
        return {"message": message, "signer": made.signer, "proof": "0x" + made.proof.hex()}

    # --- mirror

    def caught_up(self) -> None:
        """Returns once the mirror has stored the node's head."""
        wanted, end = self.scene.height(), time.monotonic() + 20
        while time.monotonic() < end:
            if (self.http.get("/health").json()["head"] or -1) >= wanted:
                return
            time.sleep(0.02)
        raise AssertionError("the mirror does not catch up")

    # --- inside

    def _headers(self, name: str | None) -> dict[str, str]:
        return {} if name is None else {"Authorization": f"Bearer {self.sign_in(name)}"}

    def _in_background(self, run: Any) -> None:
        thread = threading.Thread(target=run, args=(self._stop,), daemon=True)
        thread.start()
        self._ends.callback(thread.join, 10)

    def _serve(self) -> str:
        listening = self._ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        service = Service(
            database=self.database,
            node=Node(self.rpc, self.scene.deployment),
            place=Place(url.removeprefix("http://"), url, self.scene.deployment.chain_id),
            clock=lambda: datetime.now(UTC),
            news=News(self.database),
        )
        server = uvicorn.Server(uvicorn.Config(create_app(service), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()

        def stop() -> None:
            server.should_exit = True
            thread.join(10)

        self._ends.callback(stop)
        return url


def sign_text(key: PrivateKey, text: str) -> bytes:
    """A wallet's personal_sign."""
    raw = text.encode()
    return sign(key, keccak(b"\x19Ethereum Signed Message:\n" + str(len(raw)).encode() + raw))  # type: ignore[arg-type]
