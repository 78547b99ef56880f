// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev A legal entity, numbered from 1 in order of admission. 0 is nobody.
type PartyId is uint32;
/// @dev The first 192 bits of the EIP-712 digest of a receivable's `Terms`.
type ReceivableId is uint192;
/// @dev The EIP-712 digest of a trade's `Order`. 0 is no trade (`unmatched`).
type TradeId is bytes32;
/// @dev ISO 4217 letters, for example "EUR".
type Currency is bytes3;

function eqParty(PartyId a, PartyId b) pure returns (bool) {
    return PartyId.unwrap(a) == PartyId.unwrap(b);
}

function neParty(PartyId a, PartyId b) pure returns (bool) {
    return PartyId.unwrap(a) != PartyId.unwrap(b);
}

function eqCurrency(Currency a, Currency b) pure returns (bool) {
    return Currency.unwrap(a) == Currency.unwrap(b);
}

using {eqParty as ==, neParty as !=} for PartyId global;
using {eqCurrency as ==} for Currency global;
