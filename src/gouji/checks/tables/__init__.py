"""The arithmetic of any table (表内勾稽): which relations its numbers keep, found without knowing its words, and the cell that breaks one.

* :mod:`~gouji.checks.tables.grid` makes blocks of heads, rows and columns out of the cells of the outline;
* :mod:`~gouji.checks.tables.totals` finds the rows that a row of totals is the sum of;
* :mod:`~gouji.checks.tables.columns` finds what relates the columns (sums, differences, rates, shares);
* :mod:`~gouji.checks.tables.noted` reads what a note below the table says of them;
* :mod:`~gouji.checks.tables.suspects` names the cell where broken relations cross, and how sure that is.
"""
