"""`python -m tocsin`: the same as the command `tocsin`."""

from __future__ import annotations

from tocsin.app.cli import main

if __name__ == "__main__":
    main()
