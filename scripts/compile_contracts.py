"""Compiles the contracts through brownie's own compiler interface and keeps what a deployment needs.

One JSON file for each contract that can be deployed and each library that one of them links: ABI, code with the
places where library addresses go, and storage layout. Neither a comment nor the checkout's place shows in them.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from brownie.project import compiler

ROOT = Path(__file__).resolve().parent.parent
ARTEFACTS = ROOT / "ledger" / "chain" / "artefacts"
Output = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Writes the artefacts, or with --check compares them; returns the exit code."""
    made = {f"{name}.json": text for name, text in artefacts(compile_all()).items()}
    if arguments == ["--check"]:
        return report_differences(made)
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for old in ARTEFACTS.glob("*.json"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (ARTEFACTS / name).write_text(text)
        size = len(json.loads(text)["deployedBytecode"]) // 2
        print(f"{name}: {size} bytes of code, {24_576 - size} below the limit")
    return 0


def compile_all() -> Output:
    """The compiler's answer for all of contracts/. Raises brownie's CompilerError with what the compiler said."""
    config = yaml.safe_load((ROOT / "brownie-config.yaml").read_text())["compiler"]
    sources = {
        str(file.relative_to(ROOT)): file.read_text() for file in sorted((ROOT / "contracts").rglob("*.sol"))
    }
    compiler.set_solc_version(config["solc"]["version"])
    question = compiler.generate_input_json(
        sources,
        evm_version=config["evm_version"],
        optimizer=config["solc"]["optimizer"],
        remappings=config["solc"]["remappings"],
        viaIR=config["solc"].get("viaIR"),
    )
    parts = ["abi", "evm.bytecode", "evm.deployedBytecode", "storageLayout"]
    question["settings"]["outputSelection"] = {"*": {"*": parts}}
    question["settings"]["metadata"] = {"bytecodeHash": "none", "appendCBOR": False}
    answer: Output = compiler.compile_from_input_json(question, silent=True)
    return answer


def artefacts(answer: Output) -> dict[str, str]:
    """Name and text of each artefact."""
    deployable = {
        (source, name): output
        for source, contracts in answer["contracts"].items()
        for name, output in contracts.items()
        if source.startswith("contracts/") and output["evm"]["bytecode"]["object"]
    }
    linked = {
        (source, library)
        for output in deployable.values()
        for source, libraries in output["evm"]["bytecode"]["linkReferences"].items()
        for library in libraries
    }
    return {
        name: as_text(source, name, output)
        for (source, name), output in deployable.items()
        if (source, name) in linked or not is_library(source, name)
    }


def is_library(source: str, name: str) -> bool:
    """Whether a source declares a name as a library; one that nothing links is compiled into its callers."""
    return re.search(rf"^library {name}\b", (ROOT / source).read_text(), re.MULTILINE) is not None


def as_text(source: str, name: str, output: Output) -> str:
    """One artefact as it is committed."""
    evm = output["evm"]
    kept = {
        "contractName": name,
        "sourceName": source,
        "abi": output["abi"],
        "bytecode": evm["bytecode"]["object"],
        "linkReferences": evm["bytecode"]["linkReferences"],
        "deployedBytecode": evm["deployedBytecode"]["object"],
        "deployedLinkReferences": evm["deployedBytecode"]["linkReferences"],
        "immutableReferences": sorted(
            evm["deployedBytecode"].get("immutableReferences", {}).values(), key=str
        ),
        "storageLayout": without_numbers(output["storageLayout"]),
    }
    return json.dumps(kept, indent=1) + "\n"


def without_numbers(layout: Output) -> Output:
    """A storage layout without the compiler's node numbers, which change with any line anywhere."""
    text = re.sub(r'"astId": \d+, ', "", json.dumps(layout))
    plain: Output = json.loads(re.sub(r"\)\d+", ")", text))
    return plain


def report_differences(made: dict[str, str]) -> int:
    """Says which committed artefacts are not what the sources give; returns the exit code."""
    committed = {file.name: file.read_text() for file in ARTEFACTS.glob("*.json")}
    names = sorted(name for name in made.keys() | committed.keys() if made.get(name) != committed.get(name))
    for name in names:
        print(
            f"ledger/chain/artefacts/{name} is not what contracts/ gives: run scripts/compile",
            file=sys.stderr,
        )
    return 1 if names else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
