"""``python -m offramp`` and the ``offramp`` command."""

from offramp.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
