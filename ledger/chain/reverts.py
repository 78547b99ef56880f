"""What a reverted call returned, as the contract's own error."""

from collections.abc import Iterable, Iterator
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError

from ledger.chain.abi import Abi, artefact, selector, type_text
from ledger.chain.deployment import EMITTERS
from ledger.domain.errors import ContractRefused

_MESSAGE = "0x08c379a0"  # Error(string): of a token that gives its reason in words
_PANIC = "0x4e487b71"


class Reverts:
    """The custom errors of some contracts, by selector."""

    def __init__(self, abis: Iterable[Abi]) -> None:
        self._errors = {selector(entry): entry for abi in abis for entry in abi if entry["type"] == "error"}

    @classmethod
    def of_artefacts(cls) -> "Reverts":
        """The errors of Ledger, Parties, Rules, the settlement token, and the libraries linked to them."""
        return cls(artefact(name)["abi"] for name in _with_libraries((*EMITTERS, "SettlementToken")))

    def refusal(self, data: str | None) -> ContractRefused:
        """The domain error for what a reverted call returned (0x hex); what cannot be read is `Unexplained`, with its bytes."""
        found = self._known(data or "0x")
        return ContractRefused("Unexplained", {"data": data or "0x"}) if found is None else found

    def _known(self, data: str) -> ContractRefused | None:
        head, body = data[:10].lower(), data[10:]
        try:
            if head == _MESSAGE:
                return ContractRefused("Error", {"message": decode(["string"], bytes.fromhex(body))[0]})
            if head == _PANIC:
                return ContractRefused("Panic", {"number": decode(["uint256"], bytes.fromhex(body))[0]})
            entry = self._errors.get(head)
            if entry is None:
                return None
            values = decode([type_text(each) for each in entry["inputs"]], bytes.fromhex(body))
        except (DecodingError, ValueError):
            return None
        names = [each["name"].rstrip("_") for each in entry["inputs"]]
        return ContractRefused(
            entry["name"],
            {
                name: _value(each, value)
                for name, each, value in zip(names, entry["inputs"], values, strict=True)
            },
        )


def _with_libraries(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield name
        for libraries in artefact(name)["linkReferences"].values():
            yield from _with_libraries(libraries)


def _value(entry: Any, value: Any) -> Any:
    if isinstance(value, bytes):
        if entry.get("internalType") == "Currency":
            return value.decode("ascii", errors="replace")
        return "0x" + value.hex()
    if entry.get("internalType") == "ReceivableId":
        return f"0x{value:048x}"
    return value
