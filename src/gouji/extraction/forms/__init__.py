"""Self-evaluation forms (绩效自评表) and scored tables: cells of any shape in, records with their facts out."""

from gouji.extraction.forms.read import FormReading, read_forms

__all__ = ["FormReading", "read_forms"]
