"""Parameters that many routes share, with their meaning in the OpenAPI text."""

from typing import Annotated

from fastapi import Header, Query

from api.schemas.fields import MAX_PAGE

AsOf = Annotated[
    str | None,
    Query(
        pattern=r"^([0-9]{1,15}|0x[0-9a-fA-F]{64}|head|final)$",
        description="Block number or hash, `head` or `final`. Lists: the last final block; single reads: the head.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="Rows of this page at most.")]
Cursor = Annotated[
    str | None, Query(max_length=500, description="`next` of the page before; it keeps that page's block.")
]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=100,
        description="Made by the client, one for each intention: the same key and body get the same answer.",
    ),
]
Timeout = Annotated[int, Query(alias="timeout", ge=1, le=60, description="Seconds to wait at most.")]
