"""Blocks and standards in, a dossier out: outline, regions, clause grammar, forms."""
