from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.draft import Draft
def read_torn(fragments: list[Cell]) -> list[Draft]:
    return []
