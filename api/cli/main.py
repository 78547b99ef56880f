"""`duebill`: every command in a file of its own, read only when it is called, so that each starts at once."""

import importlib
from collections.abc import Mapping

import click

# name: (module under api.cli, attribute, one line for the list)
_DESK = {
    "desk": ("desk", "desk", "Make a party's desk: keys, persons, application."),
    "sellers": ("sellers", "sellers", "The debtor's register of its sellers' ids."),
    "admit": ("admit", "admit", "Operator: put up the admission of a party."),
    "permit": ("permit", "permit", "Let the ledger draw on the own cash account."),
    "parties": ("parties", "parties", "List the parties and what they are."),
    "read": ("read", "read", "Read invoice files and say what each one owes."),
    "import": ("keep", "keep", "Read invoices and keep them in the desk."),
}
_DEBTS = {
    "order": ("trade", "order", "Agree an order with a seller: opens a trade."),
    "receipt": ("trade", "receipt", "Say that goods of a trade were received."),
    "invoice": ("trade", "invoice", "Record an invoice on a trade."),
    "request": ("request", "request", "Ask a debtor to confirm what it owes on invoices."),
    "confirm": ("confirm", "confirm", "Debtor: read, compare, tag and confirm a request."),
    "issue": ("issue", "issue", "Debtor: confirm many payables under one root."),
    "payables": ("payables", "payables", "Supplier: what debtors have issued to this party."),
    "accept": ("payables", "accept", "Supplier: take payables of an issue."),
    "inbox": ("inbox", "inbox", "Drafts, newest first."),
    "show": ("show", "show", "One draft in words: who has signed, what is to be known."),
    "sign": ("sign", "sign", "Sign a draft, after it was shown and checked."),
    "refuse": ("drafts", "refuse", "Refuse a draft, or one payable of an issue."),
    "withdraw": ("drafts", "withdraw", "Take an own draft back."),
    "revoke": ("revoke", "revoke", "Take a signature that was given back, on chain."),
    "export": ("drafts", "export", "Write a draft to a file, to be sent any other way."),
    "send": ("send", "send", "Hand a complete draft over; --self without the service."),
}
_PIECES = {
    "split": ("pieces", "split", "Cut a piece into parts."),
    "transfer": ("pieces", "transfer", "Pass a piece, or a part of it, on."),
    "ask-quote": ("quotes", "ask_quote", "Ask a financier for a quote."),
    "quote": ("quotes", "quote", "Financier: offer to buy a piece."),
    "fill": ("quotes", "fill", "Sell a piece to a quote."),
    "pay": ("pay", "pay", "Debtor: pay on a receivable in tokens."),
    "bank-paid": ("pay", "bank_paid", "Debtor: say that a holder was paid by bank."),
    "acknowledge": ("pay", "acknowledge", "Holder: the bank's money has arrived."),
    "holdings": ("holdings", "holdings", "The pieces that this party holds, and its credits."),
    "receivable": ("receivable", "receivable", "A receivable and its pieces, as of any block."),
    "history": ("receivable", "history", "Every event of a receivable."),
    "operation": ("operation", "operation", "What became of what was handed over."),
}
_NETWORK = {
    "up": ("up", "up", "Run a whole local network in the foreground."),
    "local": ("local", "local", "Move a local chain's clock, make test money."),
    "deploy": ("deploy", "deploy", "Create the contracts."),
    "mirror": ("mirror", "mirror", "Copy the chain into SQL."),
    "relay": ("relay", "relay", "Bring what waits to the chain."),
    "serve": ("serve", "serve", "Run the HTTP API."),
    "verify": ("verify", "verify", "Compare SQL with the chain."),
}
SECTIONS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "A party's desk": _DESK,
    "Trades and debts": _DEBTS,
    "Pieces and money": _PIECES,
    "The network": _NETWORK,
}


class Commands(click.Group):
    """Finds a command by the tables above; its module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the sections."""
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None."""
        for section in SECTIONS.values():
            if cmd_name in section:
                module, attribute, _ = section[cmd_name]
                found: click.Command = getattr(importlib.import_module(f"api.cli.{module}"), attribute)
                return found
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list, by section, without importing anything."""
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, line) for name, (_, _, line) in section.items()])


@click.command(cls=Commands)
@click.version_option(package_name="duebill", message="%(version)s")
@click.option("--desk", metavar="DIR", help="Folder of the party's desk. Default: DUEBILL_DESK.")
@click.pass_context
def cli(context: click.Context, desk: str | None) -> None:
    """Confirmed payables on an Ethereum chain: split, passed on, financed, settled, and proved.

    A party works with its own desk, a folder with its keys and papers. `duebill COMMAND --help` explains each
    command with an example.
    """
    context.obj = desk


if __name__ == "__main__":
    cli()
