// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Heads} from "./Journal.sol";

/// @dev Comes first among the bases of a contract that journals, so that a prover finds its heads in slots 0 and 1.
abstract contract Journalled {
    Heads internal _heads;
}
