"""Sealed packets."""

import base64
from typing import Literal

from fastapi import APIRouter, Response

from api.deps import Reader, Writer
from api.parameters import Cursor, Key, Limit
from api.schemas.sealed import Sealed, SealedHead, SealedIn, SealedPage
from ledger.queries import papers
from ledger.queries.written import Answer
from ledger.workflows.acting import Acting
from ledger.workflows.packets import packet_bytes
from ledger.workflows.send_packet import send_packet as workflow

router = APIRouter(prefix="/v1", tags=["sealed"])


@router.post("/sealed", status_code=201, response_model=SealedHead)
def send_packet(writer: Writer, body: SealedIn, key: Key) -> Response:
    """Keeps a packet for its receiver."""

    def effect(acting: Acting) -> Answer:
        packet = packet_bytes(body.packet)
        sent = workflow(acting, to=body.to, label=body.label, packet=packet, draft=body.for_)
        return papers.packet_head(papers.packet(acting.app, sent, acting.viewer))

    return writer.once(key, body, SealedHead, effect, 201)


@router.get("/sealed", response_model=SealedPage)
def list_packets(
    reader: Reader, box: Literal["inbox", "sent"] = "inbox", limit: Limit = 100, cursor: Cursor = None
) -> Answer:
    """Packets that were sent to the viewer's party, or by it."""
    items, after = papers.packets(reader.read, reader.viewer, papers.Box(box, limit, cursor))
    return {"items": items, "next": after}


@router.get("/sealed/{packet}", response_model=Sealed)
def read_packet(reader: Reader, packet: str) -> Answer:
    """One packet with its ciphertext."""
    row = papers.packet(reader.read, packet, reader.viewer)
    return {**papers.packet_head(row), "packet": base64.b64encode(row.packet).decode()}
