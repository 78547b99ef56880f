"""ONE table of problems: which failure answers with which status and title. docs/errors.md is made from here.

A problem's code is the domain error's; a contract's error is known by its own name in kebab case.
"""

from dataclasses import dataclass
from typing import Any

from api.schemas.problem import Problem
from ledger.domain.errors import ContractRefused, DuebillError

TYPE = "urn:duebill:error:"
"""Begin of a problem's `type`: a name, not a place to fetch from."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of problem. code: stable; en, zh: its title."""

    code: str
    status: int
    en: str
    zh: str


ROWS = (
    # what was sent is not what it has to be
    Row("bad-field", 422, "A field is not what it has to be", "字段不符合要求"),
    Row("bad-amount", 422, "This is no amount of the currency", "金额不符合该币种"),
    Row("unknown-currency", 422, "ISO 4217 knows no such currency", "未知币种"),
    Row("bad-id", 422, "This is no id of its kind", "标识格式不正确"),
    Row("malformed", 422, "The request is not as the API describes it", "请求格式不正确"),
    Row("too-large", 413, "The body is too large", "请求体过大"),
    Row("cursor-invalid", 422, "No page of this list gave this cursor", "游标无效"),
    Row("drafts-differ", 422, "The messages of the draft contradict each other", "草稿中的消息相互矛盾"),
    Row("message-missing", 422, "A message of the draft is missing", "草稿缺少一条消息"),
    Row("not-canonical", 422, "Nothing is left of a number once it is normalised", "规范化后为空"),
    Row("invoice-refused", 422, "The file is no invoice that can be read", "无法读取该发票文件"),
    Row("document-unknown", 422, "The document is not known", "未知文件"),
    Row("packet-unreadable", 422, "The packet cannot be opened", "密封包无法打开"),
    # who is asking
    Row("sign-in-needed", 401, "Sign in first", "请先登录"),
    Row("sign-in-refused", 401, "The sign-in message or its signature does not hold", "登录消息或签名无效"),
    Row("not-allowed", 403, "This party or person may not do this", "该参与方或人员无权操作"),
    Row("not-bound", 403, "The draft does not bind this party", "该草稿与此参与方无关"),
    Row("not-found", 404, "No such thing, or not for you", "不存在或无权查看"),
    # as of which block
    Row("as-of-unknown", 404, "The mirror has no such block yet", "镜像中尚无此区块"),
    Row("as-of-gone", 409, "A reorganisation removed the pinned block", "所固定的区块已因重组而消失"),
    Row("nothing-mirrored", 503, "The mirror has not stored a block yet", "镜像尚未存储任何区块"),
    # idempotency
    Row("key-reused", 422, "The Idempotency-Key was used for another request", "幂等键已用于另一请求"),
    # drafts
    Row("wrong-chain", 422, "The draft is for another chain", "草稿属于另一条链"),
    Row("wrong-contract", 422, "The draft is for other contracts", "草稿属于其他合约"),
    Row("draft-exists", 409, "The same act is already being signed or done", "相同的行为已在签署或已完成"),
    Row("draft-closed", 409, "The draft takes nothing more", "草稿已关闭"),
    Row(
        "signature-invalid",
        422,
        "The signature is not by its signer over this message",
        "签名与签署人或消息不符",
    ),
    Row("signature-not-needed", 409, "Enough persons have signed", "签署人数已足够"),
    Row("signatures-missing", 409, "Signatures are missing", "缺少签名"),
    Row("event-refused", 500, "A log does not follow from the book", "日志与账簿不符"),
    Row("database-unreachable", 503, "The database does not answer", "数据库无响应"),
    Row("internal", 500, "The service failed", "服务内部错误"),
    # the node
    Row("node-unreachable", 503, "The node does not answer", "节点无响应"),
    Row("node-refused", 502, "The node refused without a reason of the contract", "节点拒绝请求"),
    Row("contract-refused", 409, "The contract refused", "合约拒绝"),
    Row("unexplained", 409, "The contract refused with bytes that no ABI explains", "合约拒绝且原因无法解析"),
    Row("error", 409, "A contract refused in words", "合约以文字说明拒绝"),
    Row(
        "panic", 409, "The contract stopped at an error of arithmetic or access", "合约因运算或访问错误而停止"
    ),
    # tags
    Row("seller-unknown", 422, "No id of the file stands in the seller register", "卖方登记中无此标识"),
    Row("seller-ambiguous", 422, "The ids of the file stand for two sellers", "标识对应两个卖方"),
    Row("tag-key-unfit", 422, "This is no key that tags are made with", "不是可用的标签密钥"),
    Row("tag-invalid", 422, "The tag is not by the debtor's key over this invoice", "标签无效"),
    # refused by the contracts: signatures and powers
    Row("deadline-passed", 409, "The deadline has passed", "已过截止时间"),
    Row("deadline-too-far", 422, "The deadline is more than 30 days away", "截止时间超过三十天"),
    Row("act-spent", 409, "This act took effect before", "该行为已生效"),
    Row("act-revoked-before", 409, "A signature on this act was taken back", "该行为的签名已被撤回"),
    Row("not-signed-by", 422, "The party has not signed this", "该参与方未签署"),
    Row("unknown-signer", 422, "This address is no active signer of anybody", "该地址不是有效签署人"),
    Row("signer-of-other", 422, "The signer acts for another party", "签署人属于其他参与方"),
    Row("signer-taken", 409, "The address is enrolled already", "该地址已被登记"),
    Row("account-taken", 409, "The account belongs to a party already", "该账户已属于某参与方"),
    Row("bad-signature", 422, "The signature does not hold", "签名无效"),
    Row("same-person", 422, "One person cannot sign twice", "同一人不能签署两次"),
    Row("lacks-power", 403, "The signer lacks the power for this", "签署人缺少相应权限"),
    Row("too-few-persons", 409, "More persons have to sign", "签署人数不足"),
    Row("above-limit", 403, "The signers' limits are below the amount", "金额超过签署人限额"),
    Row("above-day-cap", 409, "The signer's limit for the day is used up", "超过签署人当日限额"),
    Row("unused-signature", 422, "A signature binds nobody", "存在多余签名"),
    Row("sole-never-confirms", 403, "A party of one person never confirms", "单人参与方不得确权"),
    Row("administers-and-confirms", 422, "Who administers cannot confirm", "管理人员不得确权"),
    Row("not-admissible", 422, "The admission is incomplete or too large", "准入内容不完整或超限"),
    Row(
        "invalid-account-nonce", 409, "The permit's nonce is not the account's next one", "许可序号与账户不符"
    ),
    Row("not-minter", 403, "Only the minter makes tokens", "只有铸币人可以铸币"),
    # refused by the contracts: trades and confirmation
    Row("unknown-party", 422, "No such party", "参与方不存在"),
    Row("same-party", 422, "Both sides are the same party", "双方为同一参与方"),
    Row("zero-amount", 422, "The amount is zero", "金额为零"),
    Row("trade-exists", 409, "The trade is recorded already", "交易已登记"),
    Row("unknown-trade", 404, "No such trade", "交易不存在"),
    Row("trade-differs", 422, "The trade is between others or in another currency", "交易双方或币种不符"),
    Row("receipt-counted", 409, "The delivery note was counted already", "该收货单已计入"),
    Row("above-received", 409, "More would be drawn than was received", "超过已收货金额"),
    Row("signed-receipt", 403, "Who signed the receipt cannot confirm on it", "收货签署人不得就此确权"),
    Row("receivable-exists", 409, "The receivable exists already", "应收账款已存在"),
    Row("unknown-receivable", 404, "No such receivable", "应收账款不存在"),
    Row("uses-differ", 422, "The invoices' amounts do not add up to the face", "发票使用金额与面额不符"),
    Row("lengths-differ", 422, "Lists that belong together differ in length", "相关列表长度不一致"),
    Row("too-many", 422, "More than the contract takes at once", "超过合约单次处理上限"),
    Row("invoice-exhausted", 409, "The invoice is used up", "发票额度已用尽"),
    Row(
        "invoice-total-differs",
        409,
        "The invoice was first used with another total",
        "发票总额与首次使用不符",
    ),
    Row("rules-not-in-force", 409, "This version of the rules is not in force", "该规则版本未生效"),
    Row("not-in-force", 409, "This version of the rules is not in force", "该规则版本未生效"),
    Row("currency-not-allowed", 422, "The rules do not allow this currency", "规则不允许该币种"),
    Row("above-face", 422, "The face is above the limit of the currency", "面额超过币种上限"),
    Row("due-too-early", 422, "The due date has passed or is too near", "到期日已过或过近"),
    Row("due-too-late", 422, "The due date is too far", "到期日过远"),
    Row("bad-undertaking", 422, "No such undertaking", "承诺类型无效"),
    Row("issue-differs", 409, "The issue is known with other content", "批量确权内容不一致"),
    Row("unknown-issue", 404, "No such issue", "批量确权不存在"),
    Row("not-under-root", 422, "The leaf is not under the issue's root", "叶子不在该根之下"),
    Row("payable-differs", 422, "A payable is not the one in the leaf", "应付账款与叶子内容不符"),
    Row("issue-exceeded", 409, "More would be taken than was issued", "超过批量确权总额"),
    # refused by the contracts: pieces
    Row("unknown-piece", 404, "No such piece", "份额不存在"),
    Row("piece-changed", 409, "The piece has changed since", "份额已变动"),
    Row("piece-not-free", 409, "The piece waits, is locked or frozen", "份额等待中、锁定或冻结"),
    Row("not-holder", 409, "The party does not hold the piece", "该参与方不持有此份额"),
    Row("above-length", 422, "The amount is above the piece's", "金额超过份额"),
    Row("below-smallest", 422, "A part would be below the smallest piece", "份额低于最小单位"),
    Row("parts-differ", 422, "The parts do not add up to the piece", "拆分金额合计不符"),
    Row("record-date-passed", 409, "The record date has passed", "已过登记日"),
    Row("before-record-date", 409, "The record date has not come", "登记日未到"),
    Row("level-above", 409, "More has been paid than the price allows for", "已付金额高于报价前提"),
    Row("quote-differs", 422, "The transfer is not what the quote offers", "转让与报价不符"),
    Row("quote-exhausted", 409, "The quote is filled", "报价额度已用尽"),
    Row("price-below", 409, "The price is below what the seller takes", "价格低于卖方要求"),
    Row("not-named-seller", 403, "The quote is for another seller", "报价不面向该卖方"),
    Row("not-financeable", 409, "Such a receivable may not be sold to a financier", "该应收账款不可融资"),
    Row("capacity-not-kept", 409, "Capacities are not kept by this version", "本版本不支持额度"),
    Row("series-not-kept", 409, "Series are not kept by this version", "本版本不支持系列"),
    Row("discount-takes-all", 422, "Nothing would be left after the discount", "贴现后无剩余金额"),
    # refused by the contracts: money
    Row("nothing-owed", 409, "Nothing is owed", "没有欠款"),
    Row("above-owed", 422, "More than is owed", "金额超过欠款"),
    Row("above-pull", 409, "More would be pulled than the act allows", "扣款超过授权上限"),
    Row("not-waiting", 409, "The piece does not wait for an acknowledgement", "份额不在等待确认"),
    Row("nothing-due", 409, "Nothing is due", "没有应付款项"),
    Row("token-refused", 409, "The token refused the payment", "代币拒绝付款"),
    Row("erc20-insufficient-allowance", 409, "The account has not permitted so much", "账户授权额度不足"),
    Row("erc20-insufficient-balance", 409, "The account's balance is too low", "账户余额不足"),
    Row("erc2612-expired-signature", 409, "The permit's deadline has passed", "许可已过期"),
    Row(
        "erc2612-invalid-signer",
        422,
        "The permit is not signed by the account's owner for this nonce",
        "许可签名与账户不符",
    ),
    Row("safe-erc20-failed-operation", 409, "The token refused the payment", "代币拒绝付款"),
)
TABLE = {row.code: row for row in ROWS}
UNLISTED = Row("error", 500, "Something failed that has no name here", "未列明的错误")


def problem_of(error: DuebillError, instance: str | None = None) -> Problem:
    """The RFC 9457 document of an expected failure."""
    fallback = TABLE["contract-refused"] if isinstance(error, ContractRefused) else UNLISTED
    return problem(error.problem_code, error.fields, instance, fallback)


def problem(
    code: str, fields: dict[str, object], instance: str | None = None, fallback: Row = UNLISTED
) -> Problem:
    """The same, of a code and values; `fallback` serves for a code that has no row."""
    row = TABLE.get(code, fallback)
    plain = {name: _plain(value) for name, value in fields.items()}
    return Problem(
        type=TYPE + code,
        title=row.en,
        title_zh=row.zh,
        status=row.status,
        code=code,
        detail=_sentence(row, plain),
        fields=plain,
        instance=instance,
    )


def as_markdown() -> str:
    """The page docs/errors.md."""
    lines = [
        "# Errors",
        "",
        "Every refusal is a problem document (RFC 9457) with `code`, titles in two languages, and `fields`: what was found and",
        "where the limit is. Made from api/problems.py by `scripts/fix`.",
        "",
        "| code | status | title | 标题 |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{row.code}` | {row.status} | {row.en} | {row.zh} |" for row in ROWS]
    return "\n".join(lines) + "\n"


def _sentence(row: Row, fields: dict[str, Any]) -> str:
    if not fields:
        return row.en + "."
    return f"{row.en}: " + ", ".join(f"{name} {value}" for name, value in fields.items()) + "."


def _plain(value: object) -> Any:
    """A value as JSON has it; whole numbers above 2^53 as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):  # a lone surrogate came as an escape, and UTF-8 cannot write it
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return str(value)
