"""Bytes to an element tree under hard limits: no document type, no entities, no network, bounded."""

from typing import NoReturn

from lxml import etree

from .model import InvoiceRefused, RefusalCode

MAX_BYTES = 10_000_000
MAX_DEPTH = 64
MAX_ELEMENTS = 200_000
MAX_ATTRIBUTES = 100


class _Guard:
    """Parser target that builds the tree and refuses at the first event beyond a limit.

    It takes no comments and no processing instructions, so text that one of them cuts in two is read whole,
    as every other reader reads it.
    """

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._depth = 0
        self._elements = 0
        self.refusal: InvoiceRefused | None = None

    def comment(self, text: str | bytes) -> None:
        pass

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        # Refused before its subset is read, so nothing in it can grow or be fetched.
        self._refuse(
            RefusalCode.ENTITIES, "a document type (DTD), which could define entities, is not accepted"
        )

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            self._refuse(RefusalCode.TOO_DEEP, f"elements are nested more than {MAX_DEPTH} deep")
        if self._elements > MAX_ELEMENTS:
            self._refuse(RefusalCode.TOO_LARGE, f"too large: more than {MAX_ELEMENTS:,} elements")
        if len(attrib) > MAX_ATTRIBUTES:
            self._refuse(
                RefusalCode.TOO_LARGE, f"too large: an element has more than {MAX_ATTRIBUTES} attributes"
            )
        self._builder.start(tag, attrib)

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1
        self._builder.end(tag)

    def data(self, data: str | bytes) -> None:
        self._builder.data(data)

    def close(self) -> etree._Element | None:
        # Also called after a failure, whose own error must not be covered by that of a half-built tree.
        complete = self._elements and not self._depth and not self.refusal
        return self._builder.close() if complete else None

    def _refuse(self, code: RefusalCode, detail: str) -> NoReturn:
        self.refusal = InvoiceRefused(code, detail)
        raise self.refusal


def parse_xml(data: bytes) -> etree._Element:
    """The root element of `data`. Raises InvoiceRefused beyond a limit or where it is not well-formed XML."""
    if len(data) > MAX_BYTES:
        raise InvoiceRefused(RefusalCode.TOO_LARGE, f"too large: more than {MAX_BYTES:,} bytes")
    if not data.strip():
        raise InvoiceRefused(RefusalCode.EMPTY, "the file is empty")
    guard = _Guard()
    parser = etree.XMLParser(
        target=guard, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise guard.refusal or _not_well_formed(parser, str(error)) from error
    # An unbound prefix is survived by the parser, but what it names is unknown.
    if parser.error_log.filter_from_errors() or not isinstance(root, etree._Element):
        raise guard.refusal or _not_well_formed(parser, "no root element")
    return root


def _not_well_formed(parser: etree.XMLParser, otherwise: str) -> InvoiceRefused:
    errors = list(parser.error_log.filter_from_errors())
    if any(entry.type == etree.ErrorTypes.ERR_UNDECLARED_ENTITY for entry in errors):
        return InvoiceRefused(RefusalCode.ENTITIES, "an entity is used; entities are not accepted")
    found = f"line {errors[0].line}: {errors[0].message}" if errors else otherwise
    return InvoiceRefused(RefusalCode.NOT_WELL_FORMED, f"not well-formed XML: {found[:300]}")
