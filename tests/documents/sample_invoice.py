"""A well-formed UBL invoice of which each test changes the one thing that it is about."""

import re

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_INVOICE = f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="{_UBL}Invoice-2" xmlns:cac="{_UBL}CommonAggregateComponents-2"
    xmlns:cbc="{_UBL}CommonBasicComponents-2">
  <cbc:ID>A-1</cbc:ID>
  <cbc:IssueDate>2026-03-02</cbc:IssueDate>
  <cbc:DueDate>2026-05-31</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><cbc:Name>Trading Name</cbc:Name></cac:PartyName>
    <cac:PartyTaxScheme><cbc:CompanyID>DE951200002</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Seller Ltd.</cbc:RegistrationName>
      <cbc:CompanyID schemeID="0199">LEI-1</cbc:CompanyID></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyLegalEntity><cbc:RegistrationName>Buyer SE</cbc:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingCustomerParty>
  <!--payee-->
  <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode></cac:PaymentMeans>
  <cac:PaymentTerms><cbc:Note>Net on the due date.</cbc:Note></cac:PaymentTerms>
  <cac:LegalMonetaryTotal>
    <cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">100.00</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
</Invoice>
"""

Change = tuple[str, str]


def document(*changes: Change) -> bytes:
    """The invoice with each (text, replacement) applied once; a text that is not there fails the test."""
    text = _INVOICE
    for old, new in changes:
        assert text.count(old) >= 1, f"the sample invoice has no {old!r}"
        text = text.replace(old, new, 1)
    return text.encode()


def without(name: str) -> bytes:
    """The invoice without the named element (all of them, with what they hold)."""
    pattern = rf"<({name})\b.*?</\1>"
    text, removed = re.subn(pattern, "", _INVOICE, flags=re.DOTALL)
    assert removed, f"the sample invoice has no {name}"
    return text.encode()
