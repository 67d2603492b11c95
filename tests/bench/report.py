"""How figures are printed."""


def title(text: str) -> None:
    """A group of figures."""
    print(f"\n{text}\n{'-' * len(text)}")


def row(name: str, value: object) -> None:
    """One figure."""
    print(f"  {name:<44} {value}", flush=True)
