// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev Money that refuses some receivers, each in the way that was chosen for it.
contract RefusingToken is ERC20 {
    enum Way {
        Pays,
        Reverts,
        SaysFalse,
        SaysNothingButPays,
        BurnsGas,
        ReturnsMuch,
        AsksForGas
    }

    mapping(address account => Way way) public ways;
    uint256 public fee;

    error Refused(address account);

    constructor() ERC20("Money", "EUR") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setWay(address account, Way way) external {
        ways[account] = way;
    }

    function setFee(uint256 fee_) external {
        fee = fee_;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        Way way = ways[to];
        require(way != Way.Reverts, Refused(to));
        if (way == Way.SaysFalse) return false;
        if (way == Way.AsksForGas) require(gasleft() > 150_000, Refused(to));
        if (way == Way.BurnsGas) while (true) {}
        if (way == Way.ReturnsMuch) _answer(new bytes(60_000));
        _transfer(msg.sender, to, amount);
        if (way == Way.SaysNothingButPays) _answer("");
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount - fee);
        return true;
    }

    function _answer(bytes memory answer) private pure {
        assembly {
            return(add(answer, 32), mload(answer))
        }
    }
}

/// @dev Money that calls the ledger back in the middle of a payout.
contract CallingToken is ERC20 {
    address private _target;
    bytes private _data;

    error CallFailed();

    constructor() ERC20("Money", "EUR") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function callBack(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (_data.length > 0) {
            bytes memory data = _data;
            delete _data;
            (bool done,) = _target.call(data);
            require(done, CallFailed());
        }
        return super.transfer(to, amount);
    }
}
