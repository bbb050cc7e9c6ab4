"""``python -m gouji.cli``: the command line without an installed script."""

from gouji.cli import command

command()
