"""RFC 9457 problem documents."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Problem(BaseModel):
    """What went wrong. code: the stable name (docs/errors.md); title in English, title_zh in Chinese;
    detail: this case; fields: the values found and the limits, by name."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    title_zh: str
    status: int
    code: str
    detail: str
    fields: dict[str, Any]
    instance: str | None = None
