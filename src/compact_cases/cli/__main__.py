"""``python -m compact_cases.cli``: the same command, found without a script on the PATH."""

from compact_cases.cli import main

main()
