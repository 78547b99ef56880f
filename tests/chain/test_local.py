"""The local chain begins at a fixed instant, goes on where it stopped, and ends with whoever started it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.chain import headers
from ledger.chain.local import ChainFailed, ChainOptions, LocalChain
from ledger.chain.rpc import NodeRefused, NodeUnreachable, Rpc

BEGIN = 1_772_438_400


def test_it_goes_on_where_it_stopped(tools: Path, tmp_path: Path) -> None:
    options = ChainOptions(block_seconds=0.05)
    with LocalChain(tmp_path, tools / "anvil", options) as chain:
        rpc = Rpc(chain.url)
        sender, receiver = rpc.call("eth_accounts")[:2]
        rpc.call("eth_sendTransaction", {"from": sender, "to": receiver, "value": "0x5"})
        rpc.call("evm_increaseTime", hex(86_400))
        while headers.latest(rpc).number < 8:
            time.sleep(0.02)
        money = rpc.call("eth_getBalance", receiver, "latest")
        before = headers.latest(rpc)
    assert before.time >= BEGIN + 86_400

    with LocalChain(tmp_path, tools / "anvil", options) as chain:
        rpc = Rpc(chain.url)
        again, first = headers.by_number(rpc, [before.number, 0])
        assert again == before
        assert first is not None and first.time == BEGIN
        assert rpc.call("eth_getBalance", receiver, "latest") == money
        while (now := headers.latest(rpc)).number < before.number + 3:
            time.sleep(0.02)
        assert before.time < now.time < before.time + 60


def test_it_keeps_its_genesis_however_often_it_starts(tools: Path, tmp_path: Path) -> None:
    found = set()
    for _ in range(8):
        with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
            Rpc(chain.url).call("evm_mine")
            (genesis,) = headers.by_number(Rpc(chain.url), [0])
            assert genesis is not None
            found.add((genesis.time, genesis.hash))
    assert len(found) == 1


def test_killed_it_goes_on_from_what_was_saved(tools: Path, tmp_path: Path) -> None:
    with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
        Rpc(chain.url).call("evm_mine")
        before = headers.latest(Rpc(chain.url))
        saved = tmp_path / "chain" / "state.json"
        while not saved.exists():
            time.sleep(0.05)
        os.kill(chain.pid, 9)
    with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
        assert headers.latest(Rpc(chain.url)) == before


def test_it_ends_with_its_starter(tools: Path, tmp_path: Path, checkout: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from ledger.chain.local import LocalChain\n"
        "chain = LocalChain(Path(sys.argv[1]), Path(sys.argv[2])); chain.start(); print(chain.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(tmp_path), str(tools / "anvil")]
    with subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        starter.kill()
    limit = time.monotonic() + 10
    while Path(f"/proc/{pid}/stat").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_program_that_is_no_anvil_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChainFailed, match="ended at once"):
        LocalChain(tmp_path, Path("/bin/false")).start()


def test_a_node_that_is_not_there_and_one_that_refuses(tools: Path, tmp_path: Path) -> None:
    with pytest.raises(NodeUnreachable):
        Rpc("http://127.0.0.1:1").call("eth_blockNumber")
    with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
        rpc = Rpc(chain.url)
        with pytest.raises(NodeRefused) as refused:
            rpc.call("eth_noSuchThing")
        assert refused.value.method == "eth_noSuchThing"
        answers = rpc.ask([("eth_chainId", []), ("eth_noSuchThing", []), ("eth_blockNumber", [])] * 300)
        assert answers[0] == hex(31337) and isinstance(answers[1], NodeRefused) and answers[-1] == "0x0"
