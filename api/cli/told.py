"""How answers and refusals are told: a person's words, or one JSON object."""

import json
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from ledger.domain.errors import DuebillError

# What strangers wrote must not steer a terminal or reorder what is read.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)

_DESK_TITLES = {
    "no-desk": ("This folder is no desk", "该文件夹不是工作台"),
    "desk-exists": ("There is one already", "已存在"),
    "unknown-person": ("Nobody of this name has a key at this desk", "此工作台没有该人员的密钥"),
    "name-taken": ("The name is taken", "名称已被使用"),
    "wrong-password": ("The password does not open the key", "密码不正确"),
    "not-admitted": ("The party is not admitted yet", "该参与方尚未准入"),
    "other-deployment": ("Another chain or contract than this desk works on", "链或合约与此工作台不符"),
    "other-message": ("The service shows something else than it should", "服务返回的内容不符"),
    "packet-unreadable": ("A sealed packet cannot be opened", "密封包无法打开"),
    "document-unknown": ("No such document is kept at this desk", "此工作台没有该文件"),
    "document-changed": ("The files are not those that were committed to", "文件与承诺不符"),
    "stopped": ("Nothing was signed: somebody has to look at this first", "未签署:请先核实"),
    "service-unreachable": ("The service does not answer", "服务无响应"),
    "operation-failed": ("It did not take effect on the chain", "链上未生效"),
    "still-waiting": ("It is on its way, but not final yet", "处理中,尚未最终确认"),
    "signed-already": ("One person signs once", "同一人只签署一次"),
    "usage": ("This cannot be done so", "用法不正确"),
}
_HINTS = {
    "no-desk": (
        "Make one with `duebill desk new DIR …`, or name it by --desk or DUEBILL_DESK.",
        "用 `duebill desk new DIR …` 新建,或用 --desk、DUEBILL_DESK 指定。",
    ),
    "desk-exists": (
        "Choose another folder.",
        "请选择其他文件夹。",
    ),
    "wrong-password": (
        "Set DUEBILL_DESK_PASSWORD, use --password-file, or type it again.",
        "请设置 DUEBILL_DESK_PASSWORD、使用 --password-file,或重新输入。",
    ),
    "not-admitted": (
        "After the admission is final: `duebill desk joined`.",
        "准入最终确认后运行 `duebill desk joined`。",
    ),
    "other-deployment": (
        "Take part with a desk of that deployment; a desk never changes its own.",
        "请使用该部署的工作台;工作台不会更换自己的部署。",
    ),
    "packet-unreadable": (
        "Ask the sender to seal it again to this party's sealing key.",
        "请对方用本方的密封公钥重新密封。",
    ),
    "document-changed": (
        "Do not sign. Ask the other side for the files that it signed for.",
        "请勿签署。请向对方索取其所签署的文件。",
    ),
    "document-unknown": (
        "`duebill import FILE` keeps one; `duebill import` without files lists what is kept.",
        "`duebill import FILE` 保存文件;不带文件的 `duebill import` 列出已保存的文件。",
    ),
    "stopped": (
        "Look at each; what is right all the same is released by --release CODE (duplicates: --despite-duplicates).",
        "请逐项核实;核实无误的用 --release CODE 放行(重复使用:--despite-duplicates)。",
    ),
    "seller-unknown": (
        "Add the seller with `duebill sellers add`, once you know who it is.",
        "确认卖方身份后,用 `duebill sellers add` 登记。",
    ),
    "seller-ambiguous": (
        "Find out who the seller is; correct the register.",
        "请查明卖方身份,并更正登记。",
    ),
    "service-unreachable": (
        "Is `duebill serve` (or `duebill up`) running, and is the service's address right?",
        "请检查 `duebill serve`(或 `duebill up`)是否在运行,服务地址是否正确。",
    ),
    "sign-in-needed": (
        "Run the command again: it signs in anew.",
        "请再次运行该命令,它会重新登录。",
    ),
    "still-waiting": (
        "Ask later with `duebill operation ID --wait final`.",
        "稍后用 `duebill operation ID --wait final` 查询。",
    ),
    "invoice-exhausted": (
        "The invoice stands behind another receivable already.",
        "该发票已用于另一笔应收账款。",
    ),
    "above-received": (
        "Record the receipt of the goods first: `duebill receipt`.",
        "请先登记收货:`duebill receipt`。",
    ),
    "draft-exists": (
        "It is being signed already: see `duebill inbox --all`.",
        "该行为已在签署中,见 `duebill inbox --all`。",
    ),
    "node-unreachable": (
        "Is the node running, and is its address right?",
        "请检查节点是否在运行,地址是否正确。",
    ),
}


_MOMENTS = ("deadline", "dueAt", "latest", "recordAt", "time")
_LAST_MOMENT = 253_402_300_800  # the year 10000


class Refused(DuebillError):
    """A refusal of the command line itself. code, detail: as told."""

    def __init__(self, code: str, detail: str, **values: object) -> None:
        self._code, self.detail, self._values = code, detail, values
        super().__init__(detail)

    @property
    def problem_code(self) -> str:
        """As told."""
        return self._code

    @property
    def fields(self) -> dict[str, object]:
        """Values by name."""
        return dict(self._values)

    def __str__(self) -> str:
        return self.detail


def plain(text: str) -> str:
    """The text without what would steer a terminal."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def tell_json(value: Mapping[str, Any]) -> None:
    """One object on one line of UTF-8."""
    line = json.dumps(value, ensure_ascii=False, default=str)
    click.echo(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line).encode())


def tell_problem(problem: Mapping[str, Any], *, as_json: bool) -> None:
    """A refusal: to stdout as JSON, else to stderr in words."""
    if as_json:
        tell_json({"error": problem})
        return
    click.echo(plain(f"Refused: {problem['title']} ({problem['code']})"), err=True)
    if problem["detail"]:
        click.echo(plain(f"  {problem['detail']}"), err=True)
    if problem.get("hint"):
        click.echo(f"  {problem['hint']}", err=True)


def problem_of(error: Exception, lang: str) -> dict[str, Any]:
    """What is told of an expected failure. Raises it again where it is none."""
    from api.client.errors import ServiceRefused, ServiceUnreachable

    match error:
        case ServiceRefused():
            found = error.problem
            title = found.title_zh if lang == "zh" and found.title_zh else found.title
            # The title is told already; which contract said so is for programs.
            values = {name: value for name, value in found.fields.items() if name != "error"}
            detail = _values(values) if found.fields else found.detail.removeprefix(found.title).lstrip(": .")
            return _told(found.code, title, detail, dict(found.fields), lang)
        case ServiceUnreachable():
            return _told("service-unreachable", _title("service-unreachable", lang), str(error), {}, lang)
        case DuebillError():
            return _of_domain(error, lang)
        case _:
            raise error


def _of_domain(error: DuebillError, lang: str) -> dict[str, Any]:
    from api.problems import TABLE
    from api.problems import problem_of as tabled

    code = error.problem_code
    if code in _DESK_TITLES:
        fields = tabled(error).fields
        detail = str(error) if code == "stopped" or isinstance(error, Refused) else _values(fields)
        return _told(code, _title(code, lang), detail, fields, lang)
    found = tabled(error)
    known = TABLE.get(code)
    title = known.zh if known and lang == "zh" else found.title if known else code.replace("-", " ")
    # What this program says itself, it says in words.
    detail = str(error) if isinstance(error, Refused) else _values(found.fields)
    return _told(code, title, detail, dict(found.fields), lang)


def _told(code: str, title: str, detail: str, fields: dict[str, Any], lang: str) -> dict[str, Any]:
    hint = _HINTS.get(code, ("", ""))[1 if lang == "zh" else 0]
    return {"code": code, "title": title, "detail": detail, "hint": hint, "fields": fields}


def _title(code: str, lang: str) -> str:
    return _DESK_TITLES[code][1 if lang == "zh" else 0]


def _values(fields: Mapping[str, Any]) -> str:
    shown = {name: _moment(value) if name in _MOMENTS else value for name, value in fields.items()}
    return ", ".join(f"{name}: {_shown(value)}" for name, value in shown.items())


def _moment(value: object) -> object:
    """The chain's seconds as people read a time; anything else as it is."""
    if not isinstance(value, int) or not 0 <= value < _LAST_MOMENT:
        return value
    return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name} {_shown(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value)) or "none"
    return str(value)


def is_terminal() -> bool:
    """Whether a person watches stderr."""
    return sys.stderr.isatty()
