"""``python -m hashar`` is the same as ``hashar``."""

from hashar.cli import main

if __name__ == "__main__":
    main()
