"""Sealed packets through the service: sent to a party's sealing key, fetched and opened with the own one."""

import base64
from collections.abc import Iterator
from typing import Any

from api.cli.work import Work
from ledger.desk.sealing import Route, open_packet, seal
from ledger.domain.ids import PartyId


def send_sealed(
    work: Work, to: PartyId, content: dict[str, Any], *, label: str, draft: str | None = None
) -> str:
    """Seals to a party and hands over; the packet's id."""
    packet = base64.b64encode(sealed(work, to, content)).decode("ascii")
    given = {"to": to, "for": draft, "label": label, "packet": packet}
    return work.service.send_packet(given, work.key()).id


def sealed(work: Work, to: PartyId, content: dict[str, Any]) -> bytes:
    """The packet for a party, by the sealing key in its record; for the own party by the key at hand."""
    own = to == work.desk.number
    key = work.desk.sealing_key if own else bytes.fromhex(work.service.party(to).sealing_key[2:])
    return seal(content, key, Route(work.pin.chain_id, work.desk.number, to))


def opened_packets(work: Work, packets: list[str]) -> Iterator[tuple[PartyId, dict[str, Any]]]:
    """Sender and content of those packets that are addressed to this party. Raises PacketUnreadable, WrongPassword."""
    addressed = [found for found in map(work.service.packet, packets) if found.to == work.desk.number]
    if not addressed:
        return
    key = work.desk.open_sealing_key(work.passwords)
    for each in addressed:
        sender = PartyId(each.sender)
        route = Route(work.pin.chain_id, sender, work.desk.number)
        yield sender, open_packet(base64.b64decode(each.packet), key, route)
