"""Standards (标准): what a ministry, a province or a year may change, as data, and how it is loaded.

``load("cn-sichuan", 2023)`` gives the :class:`~gouji.standards.pack.Standards` of a jurisdiction and year.
"""

from gouji.standards.folding import fold
from gouji.standards.functions import class_names, class_of_name, official_path, resolve_path
from gouji.standards.loader import jurisdiction_of, jurisdictions, load
from gouji.standards.pack import Standards
from gouji.standards.scheme_records import Scheme
from gouji.standards.schemes import UnknownScheme, scheme, schemes

__all__ = [
    "Scheme",
    "Standards",
    "UnknownScheme",
    "class_names",
    "class_of_name",
    "fold",
    "jurisdiction_of",
    "jurisdictions",
    "load",
    "official_path",
    "resolve_path",
    "scheme",
    "schemes",
]
