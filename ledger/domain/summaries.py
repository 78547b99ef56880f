"""What a signature binds to, in plain English and Chinese, with amounts grouped and in words: shown before anyone signs.

Made from the message alone; names of parties and currencies of trades and receivables, which messages do not carry, come in as
`Known`. What is not known is said to be unknown, never left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from .acts import (
    Accept,
    Acknowledge,
    Act,
    Admission,
    BankPaid,
    Confirm,
    Invoice,
    Issue,
    Order,
    Pay,
    Quote,
    Receipt,
    Revoke,
    Split,
    Terms,
    Transfer,
    deadline_of,
)
from .drafts import Draft
from .errors import BadField, UnknownCurrency
from .ids import (
    NO_DIGEST,
    NO_TRADE,
    ChainTime,
    PartyId,
    ReceivableId,
    TradeId,
    digest_text,
    receivable_text,
)
from .number_words import amount_in_chinese, amount_in_english
from .places import due_date
from .powers import Role, Undertaking
from .units import ALL_OWED, NO_LIMIT, Amount, Currency, Place, grouped_text

Line = tuple[str, str]
"""One sentence, in English and in Chinese."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A text in both languages, a sentence a line."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Known:
    """What messages name by number only: parties' names, and the currencies of trades and receivables."""

    names: Mapping[PartyId, str] = field(default_factory=dict)
    trades: Mapping[TradeId, Currency] = field(default_factory=dict)
    receivables: Mapping[ReceivableId, Currency] = field(default_factory=dict)

    def party(self, party: PartyId) -> Line:
        """A party by name and number."""
        name = self.names.get(party)
        return (
            (f"{name} (party {party})", f"{name}（参与方{party}）")
            if name
            else (f"party {party}", f"参与方{party}")
        )


def summary_of_draft(draft: Draft, known: Known) -> Summary:
    """All messages of a draft; the terms inside a confirmation are told once."""
    told = [
        act for name, act in draft.messages.items() if not (name == "terms" and "confirm" in draft.messages)
    ]
    parts = [summary_of(act, known) for act in told]
    return Summary("\n".join(each.en for each in parts), "\n".join(each.zh for each in parts))


def summary_of(act: Act, known: Known) -> Summary:
    """What signing this message means."""
    lines = [*_lines(act, known), _until(deadline_of(act))]
    return Summary("\n".join(en for en, _ in lines), "\n".join(zh for _, zh in lines))


def _lines(act: Act, known: Known) -> list[Line]:
    match act:
        case Admission():
            return _admission(act, known)
        case Order() | Receipt() | Invoice():
            return _trade(act, known)
        case Terms():
            return _terms(act, known)
        case Confirm():
            return [*_terms(act.terms, known), *_uses(act)]
        case Issue() | Accept():
            return _bulk(act, known)
        case Split() | Transfer() | Quote():
            return _move(act, known)
        case Pay() | BankPaid() | Acknowledge():
            return _money(act, known)
        case Revoke():
            return _revoke(act, known)
        case _:
            assert_never(act)


def _admission(act: Admission, known: Known) -> list[Line]:
    en, zh = known.party(act.attestor)
    roles = [(each.name or "", _ROLES[each]) for each in Role if act.roles & each]
    lines = [
        (
            f"Admits a party as {', '.join(name.lower().replace('_', ' ') for name, _ in roles)}, attested by {en}.",
            f"接纳一个参与方，身份：{'、'.join(chinese for _, chinese in roles)}；核验方：{zh}。",
        ),
        (
            f"It has {len(act.persons)} persons and {len(act.signers)} signers, and is paid at {act.account}.",
            f"签署人{len(act.persons)}名，签署密钥{len(act.signers)}个，收款账户{act.account}。",
        ),
    ]
    if act.sole:
        lines.append(
            ("One person acts for it alone; it never confirms debts.", "单人参与方：一人行事，不得确权。")
        )
    return lines


def _trade(act: Order | Receipt | Invoice, known: Known) -> list[Line]:
    if isinstance(act, Order):
        (buyer, buyer_zh), (seller, seller_zh) = known.party(act.buyer), known.party(act.seller)
        en, zh = _amount(act.amount, act.currency)
        return [(f"{buyer} orders from {seller} for {en}.", f"{buyer_zh}向{seller_zh}订货，金额{zh}。")]
    en, zh = _amount(act.amount, known.trades.get(act.trade))
    trade = digest_text(act.trade)
    if isinstance(act, Receipt):
        return [
            (
                f"The buyer has received goods worth {en} on trade {trade}.",
                f"买方已收货，金额{zh}，交易{trade}。",
            ),
            ("So much more of the trade can be confirmed as debt.", "该交易可确权金额相应增加。"),
        ]
    return [(f"The seller has invoiced {en} on trade {trade}.", f"卖方已开票，金额{zh}，交易{trade}。")]


def _terms(act: Terms, known: Known) -> list[Line]:
    (debtor, debtor_zh), (creditor, creditor_zh) = known.party(act.debtor), known.party(act.creditor)
    (en, zh), due = _amount(act.face, act.currency), _due(act.due_at, act.place)
    lines = [
        (f"{debtor} owes {creditor} {en}.", f"{debtor_zh}应付{creditor_zh}：{zh}。"),
        (f"Due on {due} at the place of payment {act.place}.", f"到期日{due}，付款地{act.place}。"),
        _UNDERTAKINGS.get(
            act.undertaking,
            (f"Unknown undertaking {act.undertaking}!", f"付款承诺类型{act.undertaking}不明！"),
        ),
    ]
    if act.trade == NO_TRADE:
        lines.append(("No trade stands behind it: unmatched.", "无贸易背景匹配。"))
    else:
        trade = digest_text(act.trade)
        lines.append((f"Drawn on trade {trade}.", f"所属交易：{trade}。"))
    if act.agent:
        en, zh = known.party(act.agent)
        lines.append(
            (f"{en} may acknowledge bank payments for the holders.", f"{zh}可代持有人确认银行收款。")
        )
    if act.guarantor:
        en, zh = known.party(act.guarantor)
        lines.append((f"Guarantor: {en}.", f"担保人：{zh}。"))
    return lines


def _uses(act: Confirm) -> list[Line]:
    lines: list[Line] = []
    for use in act.uses:
        (en, zh), (of, of_zh) = _short(use.amount, act.terms.currency), _short(use.total, act.terms.currency)
        tag = digest_text(use.tag)[:18] + "…"
        lines.append(
            (
                f"Uses {en} of an invoice that leaves {of} payable (tag {tag}).",
                f"使用发票{zh}，该发票应付{of_zh}（指纹{tag}）。",
            )
        )
    return [*lines, _FINAL]


def _bulk(act: Issue | Accept, known: Known) -> list[Line]:
    if isinstance(act, Issue):
        (debtor, debtor_zh), (en, zh) = known.party(act.debtor), _amount(act.total, act.currency)
        latest = _instant(act.last_due_at)
        return [
            (
                f"{debtor} confirms {act.count} payables, {en} in all.",
                f"{debtor_zh}开立{act.count}笔应付账款，合计{zh}。",
            ),
            (f"The last of them is due by {latest}.", f"最晚到期时间{latest}。"),
            _FINAL,
        ]
    lines: list[Line] = [
        (f"Takes {len(act.payables)} payables:", f"签收{len(act.payables)}笔待签收应付账款：")
    ]
    for terms in act.payables:
        (debtor, debtor_zh), (en, zh) = known.party(terms.debtor), _amount(terms.face, terms.currency)
        due = _due(terms.due_at, terms.place)
        lines.append((f"{debtor} owes {en}, due on {due}.", f"{debtor_zh}应付：{zh}，到期日{due}。"))
    return lines


def _move(act: Split | Transfer | Quote, known: Known) -> list[Line]:
    currency = known.receivables.get(act.receivable)
    piece = f"{receivable_text(act.receivable)}-{act.start}"
    if isinstance(act, Split):
        parts = [_short(each, currency) for each in act.parts]
        en, zh = ", ".join(part for part, _ in parts), "、".join(part for _, part in parts)
        return [(f"Cuts piece {piece} into {en}.", f"将凭证份额{piece}拆分为{zh}。")]
    if isinstance(act, Transfer):
        return _transfer(act, piece, currency, known)
    return _quote(act, piece, currency, known)


def _transfer(act: Transfer, piece: str, currency: Currency | None, known: Known) -> list[Line]:
    (from_, from_zh), (to, to_zh) = known.party(act.from_), known.party(act.to)
    en, zh = _amount(act.amount, currency)
    lines = [
        (
            f"{from_} passes {en} of piece {piece} on to {to}.",
            f"{from_zh}将凭证份额{piece}中的{zh}转让给{to_zh}。",
        )
    ]
    if act.price:
        least = act.quote != NO_DIGEST
        en, zh = _amount(act.price, currency)
        lines.append(
            (
                f"{to} pays {'at least ' if least else ''}{en}.",
                f"{to_zh}支付{'不少于' if least else ''}{zh}。",
            )
        )
    elif act.quote == NO_DIGEST:
        lines.append(("Nothing is paid for it.", "不支付对价。"))
    return [*lines, _recourse(act.recourse, (from_, from_zh))]


def _quote(act: Quote, piece: str, currency: Currency | None, known: Known) -> list[Line]:
    financier, financier_zh = known.party(act.financier)
    en, zh = _amount(act.max_nominal, currency)
    lines = [
        (
            f"{financier} offers to buy {en} of piece {piece}.",
            f"{financier_zh}报价受让凭证份额{piece}中的{zh}。",
        )
    ]
    if act.price:
        en, zh = _amount(act.price, currency)
        lines.append((f"It pays {en} for all of it.", f"全部对价{zh}。"))
    else:
        rate = f"{act.rate_bps // 100}.{act.rate_bps % 100:02d}%"
        lines.append(
            (
                f"It deducts {rate} a year until the due date (ACT/360).",
                f"按年化{rate}折价至到期日（实际天数/360）。",
            )
        )
    seller, seller_zh = (
        known.party(act.seller) if act.seller else ("the sellers it names by list", "名单内的卖方")
    )
    lines.append((f"To be filled by {seller}.", f"可成交方：{seller_zh}。"))
    return [*lines, _recourse(act.recourse, ("the seller", "卖方"))]


def _money(act: Pay | BankPaid | Acknowledge, known: Known) -> list[Line]:
    currency = known.receivables.get(act.receivable)
    debt = receivable_text(act.receivable)
    if isinstance(act, Pay):
        en, zh = (
            _amount(act.amount, currency)
            if act.amount != ALL_OWED
            else ("all that is owed then", "届时全部欠款")
        )
        lines = [(f"The debtor pays {en} on receivable {debt}.", f"债务人支付{zh}，应收账款{debt}。")]
        if act.max_pull != NO_LIMIT:
            most, most_zh = _amount(act.max_pull, currency)
            lines.append((f"At most {most} leaves its account.", f"账户最多扣款{most_zh}。"))
        return lines
    piece = f"{debt}-{act.start}"
    if isinstance(act, BankPaid):
        en, zh = _amount(act.amount, currency)
        return [
            (
                f"The debtor says that it has paid {en} by bank to the holder of piece {piece}.",
                f"债务人声明已通过银行向凭证份额{piece}的持有人支付{zh}。",
            ),
            ("The piece waits for the holder's word, ten days at most.", "等待持有人确认，最长十天。"),
        ]
    by, by_zh = known.party(act.by)
    return [
        (
            f"{by} has received the bank's money for piece {piece}.",
            f"{by_zh}已收到凭证份额{piece}的银行款项。",
        ),
        ("The piece ends; nothing more is owed on it.", "该份额终止，不再有应付未付额。"),
    ]


def _revoke(act: Revoke, known: Known) -> list[Line]:
    (en, zh), digest = known.party(act.party), digest_text(act.digest)
    part = "" if act.leaf == NO_DIGEST else f" (leaf {digest_text(act.leaf)})"
    return [(f"{en} takes its signature over {digest}{part} back.", f"{zh}撤回对{digest}{part}的签署。")]


def _amount(amount: Amount, currency: Currency | None) -> Line:
    """Grouped, and in words."""
    try:
        if currency is not None:
            text = f"{currency} {grouped_text(amount, currency)}"
            return (
                f"{text} ({amount_in_english(amount, currency)})",
                f"{text}（{amount_in_chinese(amount, currency)}）",
            )
    except UnknownCurrency:
        pass
    return _short(amount, currency)


def _short(amount: Amount, currency: Currency | None) -> Line:
    """Grouped, without words."""
    try:
        if currency is not None:
            text = f"{currency} {grouped_text(amount, currency)}"
            return text, text
    except UnknownCurrency:
        pass
    return f"{amount:,} minor units of an unknown currency", f"{amount:,}最小货币单位（币种不明）"


def _due(due_at: ChainTime, place: Place) -> str:
    try:
        return due_date(due_at, place).isoformat()
    except (BadField, ValueError, OverflowError):
        return f"{due_at} s UTC"


def _until(deadline: ChainTime) -> Line:
    when = _instant(deadline)
    return f"Can take effect until {when}.", f"有效期至{when}。"


def _instant(seconds: ChainTime) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError):
        return f"{seconds} s UTC"


def _recourse(with_recourse: bool, against: Line) -> Line:
    en, zh = against
    if with_recourse:
        return (
            f"With recourse: if the debtor does not pay, {en} may be claimed from.",
            f"有追索权：债务人不付款时可向{zh}追索。",
        )
    return "Without recourse.", "无追索权。"


_FINAL: Line = (
    "Once the other side has accepted, this debt cannot be taken back.",
    "对方签收后，该债务不可撤销。",
)
_UNDERTAKINGS: Mapping[int, Line] = {
    Undertaking.UNCONDITIONAL: (
        "Unconditional: the debtor gives up set-off and every defence against a later holder.",
        "付款承诺：无条件，对后手持有人放弃抵销与抗辩。",
    ),
    Undertaking.RESERVED: (
        "Reserved: the debtor keeps its defences against later holders.",
        "付款承诺：保留抗辩。",
    ),
}
_ROLES: Mapping[Role, str] = {
    Role.CORE_ENTERPRISE: "核心企业",
    Role.SUPPLIER: "供应商",
    Role.FINANCIER: "资金方",
    Role.SERVICE_PROVIDER: "服务机构",
    Role.AUDITOR: "审计机构",
    Role.OPERATOR: "平台运营方",
}
