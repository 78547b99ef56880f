"""The second person's desk: it verifies every tag with the public key, and believes neither the first desk nor the service."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ledger.desk.checking import check_uses, make_uses
from ledger.desk.comparing import Compared, Debtor, compare
from ledger.desk.duplicates import Known, duplicates
from ledger.desk.errors import OtherMessage, PacketUnreadable
from ledger.desk.packets import proofs_of_packet, proofs_packet
from ledger.desk.tag_key import believed_key
from ledger.domain.acts import Confirm, Use
from ledger.domain.errors import TagInvalid, TagKeyUnfit
from ledger.domain.ids import Digest
from ledger.domain.tags import EXPONENT, TagProof, key_hash, make_tag
from ledger.domain.units import Amount, Currency
from tests.desk.shown import TODAY, offered, terms_over

EUR = Currency("EUR")


class Made:
    """A confirmation as the first person's desk made it."""

    def __init__(self, invoices: Path, debtor: Debtor, key: rsa.RSAPrivateKey) -> None:
        shown = [offered(invoices / "huaxin-0117.xml"), offered(invoices / "huaxin-0126.xml", 100_000_00)]
        terms = terms_over(*shown)
        self.found: tuple[Compared, ...] = compare(terms, shown, debtor, TODAY).invoices
        uses, self.proofs = make_uses(self.found, key)
        self.confirm = Confirm(terms, uses)

    def with_use(self, use: Use) -> Confirm:
        """The same with another first use."""
        return replace(self.confirm, uses=(use, *self.confirm.uses[1:]))


@pytest.fixture
def made(invoices: Path, debtor: Debtor, tag_key: rsa.RSAPrivateKey) -> Made:
    return Made(invoices, debtor, tag_key)


def test_what_the_first_person_made_is_found_true(made: Made, tag_key: rsa.RSAPrivateKey) -> None:
    check_uses(made.confirm, made.found, made.proofs, tag_key.public_key())


def test_a_tag_of_another_invoice_is_refused(made: Made, tag_key: rsa.RSAPrivateKey) -> None:
    """The maker swaps the tag for one of an invoice that is not used up, and leaves the true proof."""
    fresh = make_tag(tag_key, made.found[0].canonical.replace("117", "999")).tag
    with pytest.raises(TagInvalid):
        check_uses(
            made.with_use(replace(made.confirm.uses[0], tag=fresh)),
            made.found,
            made.proofs,
            tag_key.public_key(),
        )


def test_a_proof_over_another_text_is_refused(made: Made, tag_key: rsa.RSAPrivateKey) -> None:
    """The maker swaps tag and proof alike."""
    other = make_tag(tag_key, made.found[0].canonical.replace("117", "999"))
    forged = made.with_use(replace(made.confirm.uses[0], tag=other.tag))
    with pytest.raises(TagInvalid):
        check_uses(forged, made.found, (other, *made.proofs[1:]), tag_key.public_key())
    relabelled = TagProof(made.found[0].canonical, other.signature)
    with pytest.raises(TagInvalid):
        check_uses(forged, made.found, (relabelled, *made.proofs[1:]), tag_key.public_key())


def test_a_tag_by_another_key_is_refused(made: Made) -> None:
    """Another key makes another tag of the same invoice, which the chain does not know as used."""
    with pytest.raises(TagInvalid):
        check_uses(
            made.confirm, made.found, made.proofs, rsa.generate_private_key(EXPONENT, 3072).public_key()
        )


@pytest.mark.parametrize("change", [{"amount": Amount(1)}, {"total": Amount(999_999_99)}])
def test_amount_and_total_are_held_to_the_invoice(
    made: Made, tag_key: rsa.RSAPrivateKey, change: dict[str, Amount]
) -> None:
    """A total above the invoice's would leave room for a second use."""
    changed = made.with_use(replace(made.confirm.uses[0], **change))  # type: ignore[arg-type]
    with pytest.raises(OtherMessage):
        check_uses(changed, made.found, made.proofs, tag_key.public_key())


def test_no_use_can_be_left_out_or_added(made: Made, tag_key: rsa.RSAPrivateKey) -> None:
    for uses in (made.confirm.uses[:1], (*made.confirm.uses, made.confirm.uses[0])):
        with pytest.raises(OtherMessage):
            check_uses(
                replace(made.confirm, uses=uses), made.found, made.proofs[: len(uses)], tag_key.public_key()
            )


def test_the_tag_key_is_held_to_the_record_on_chain(tag_key: rsa.RSAPrivateKey) -> None:
    pem = tag_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    recorded = key_hash(tag_key.public_key())
    assert key_hash(believed_key(pem, recorded)) == recorded
    with pytest.raises(OtherMessage):
        believed_key(pem, Digest(bytes(32)))
    with pytest.raises(TagKeyUnfit):
        believed_key(None, recorded)


def test_proofs_travel_unchanged(made: Made) -> None:
    assert proofs_of_packet(proofs_packet(made.proofs)) == made.proofs
    with pytest.raises(PacketUnreadable):
        proofs_of_packet({"duebill": "tag-proofs/1", "proofs": [{"canonical": "x", "signature": "*"}]})
    with pytest.raises(PacketUnreadable):
        proofs_of_packet({"duebill": "request/1"})


def test_a_duplicate_is_what_the_chain_would_refuse(made: Made) -> None:
    use = made.confirm.uses[0]
    assert duplicates([use], {}, EUR) == {}
    assert duplicates([use], {use.tag: Known(Amount(0), use.total)}, EUR) == {}
    used_up = duplicates([use], {use.tag: Known(use.total, use.total)}, EUR)
    assert list(used_up) == ["duplicate"]
    assert "120,000.00 of 120,000.00" in used_up["duplicate"]
    assert duplicates([use], {use.tag: Known(Amount(1), use.total)}, EUR)
    assert duplicates([use], {use.tag: Known(Amount(0), Amount(use.total + 1))}, EUR)


def test_a_part_that_is_left_is_no_duplicate(made: Made) -> None:
    use = made.confirm.uses[1]
    assert duplicates([use], {use.tag: Known(Amount(100_000_00), use.total)}, EUR) == {}
    assert duplicates([use], {use.tag: Known(Amount(100_000_01), use.total)}, EUR)
