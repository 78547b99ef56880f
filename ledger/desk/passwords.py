"""Where passwords come from: given once for all keys of a desk, or asked for key by key."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Passwords:
    """Answers with the password of a key; asks for each at most once. ask: from whose key it is to its password."""

    ask: Callable[[str], str]
    _known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def fixed(cls, password: str) -> "Passwords":
        """One password for every key."""
        return cls(lambda _: password)

    def of(self, name: str) -> str:
        """The password of one key."""
        if name not in self._known:
            self._known[name] = self.ask(name)
        return self._known[name]
