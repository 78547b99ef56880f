"""What is shown before a signature: complete, in both languages, in the words that finance users know."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import ACTS, Pay, Transfer
from ledger.domain.ids import receivable_text
from ledger.domain.summaries import Known, summary_of, summary_of_draft
from ledger.domain.units import ALL_OWED

from .story import CONFIRM, DEBTOR, FINANCIER, RECEIVABLE, SUPPLIER, TERMS, changed, draft_of
from .strategies import structs

KNOWN = Known(
    names={DEBTOR: "Nordwerk AG", SUPPLIER: "Erste Zulieferer GmbH"}, receivables={RECEIVABLE: "EUR"}
)
NEVER = ("代币", "挖矿", "贴现", "承兑", "背书", "票据", "NFT", "gas", "token")
TRANSFER = Transfer(
    RECEIVABLE, 0, 1, 10_000_000, SUPPLIER, FINANCIER, 0, 0, False, bytes(32), bytes(32), 1780000000
)  # fmt: skip


@given(st.sampled_from(sorted(ACTS)).flatmap(lambda kind: structs(ACTS[kind])))
@settings(max_examples=200, deadline=None)
def test_every_act_is_told_in_both_languages_and_never_in_forbidden_words(act: object) -> None:
    summary = summary_of(act, KNOWN)
    assert len(summary.en.splitlines()) == len(summary.zh.splitlines()) >= 2
    assert all(re.search("[\u4e00-\u9fff]", line) for line in summary.zh.splitlines())
    assert not re.search("[\u4e00-\u9fff]", summary.en)
    assert not [word for word in NEVER if re.search(rf"(?<![a-z]){word}(?![a-z])", summary.en + summary.zh)]


def test_a_confirmation_says_who_owes_what_to_whom_when_and_how() -> None:
    terms = changed(TERMS, face=30_000_000)
    summary = summary_of_draft(draft_of("confirm", terms=terms, confirm=changed(CONFIRM, terms=terms)), KNOWN)
    assert "Nordwerk AG (party 3) owes Erste Zulieferer GmbH (party 4) EUR 300,000.00" in summary.en
    assert "three hundred thousand euros and 00/100" in summary.en and "欧元叁拾万元整" in summary.zh
    assert "2026-05-31" in summary.en and "2026-05-31" in summary.zh
    assert "gives up set-off" in summary.en and "无条件" in summary.zh
    assert summary.en.count("owes") == 1, "terms inside the confirmation are told once"
    assert "EUR 40.00 of an invoice that leaves EUR 90.00" in summary.en


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ({"undertaking": 2}, "keeps its defences", "保留抗辩"),
        ({"undertaking": 9}, "Unknown undertaking 9!", "不明"),
        ({"trade": bytes(32)}, "unmatched", "无贸易背景匹配"),
        ({"agent": 7}, "party 7 may acknowledge", "参与方7"),
        ({"guarantor": 8}, "Guarantor: party 8", "担保人"),
        ({"currency": "ZZZ"}, "10,000 minor units of an unknown currency", "币种不明"),
        ({"due_at": 2**48 - 1}, "281474976710655 s UTC", "281474976710655 s UTC"),
    ],
)
def test_what_is_unusual_in_the_terms_is_said(values: dict, en: str, zh: str) -> None:
    summary = summary_of(changed(TERMS, **values), KNOWN)
    assert en in summary.en and zh in summary.zh


def test_a_transfer_says_price_and_recourse() -> None:
    given_away = summary_of(TRANSFER, KNOWN).en
    assert "Nothing is paid for it." in given_away and "Without recourse." in given_away
    assert (
        f"EUR 100,000.00 (one hundred thousand euros and 00/100) of piece {receivable_text(RECEIVABLE)}-0"
        in given_away
    )
    sold = summary_of(changed(TRANSFER, price=9_880_000, recourse=True), KNOWN)
    assert "pays EUR 98,800.00" in sold.en and "With recourse" in sold.en and "有追索权" in sold.zh
    filled = summary_of(changed(TRANSFER, price=9_880_000, quote=b"\1" * 32), KNOWN)
    assert "pays at least EUR 98,800.00" in filled.en and "不少于" in filled.zh


def test_a_payment_says_how_much_may_leave_the_account() -> None:
    summary = summary_of(Pay(RECEIVABLE, ALL_OWED, 5_000, 0, 1780000000), KNOWN).en
    assert "all that is owed then" in summary and "At most EUR 50.00" in summary
    assert "2026-05-28 20:26:40 UTC" in summary


def test_a_currency_that_is_not_known_is_said_to_be_unknown() -> None:
    assert "unknown currency" in summary_of(TRANSFER, Known()).en
