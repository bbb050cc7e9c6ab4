"""The written disclosure (公开稿): ``compose`` makes it of a compiled dossier, the writers of this package print it.

``blocks`` says what it consists of; ``compose`` follows the plan of the jurisdiction; ``text``, ``word``, ``page`` are file formats.
"""

from gouji.rendering.disclosure.blocks import Disclosure, Missing, Run
from gouji.rendering.disclosure.compose import compose

__all__ = ["Disclosure", "Missing", "Run", "compose"]
