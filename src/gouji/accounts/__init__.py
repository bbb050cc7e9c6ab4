"""Accounts (账套): the year's books, or the 财决 workbook, checked on entry and compiled to a dossier exact to the fen (分).

Books → tables in DuckDB → entry checks (all problems at once, nothing half imported) → amounts by nature, fund, function, economic code, project and
month → facts with their derivations → statements, forms, evaluation. No cell is ever adjusted and nothing is invented.
"""
