"""The workspace (工作台): a year of a department's budget performance and final accounts, with everyone's hand in it.

``gouji serve`` starts it. It computes and checks nothing itself: scores come from ``scoring``, statements from ``accounts``, findings from
``checks``, files from ``rendering``. What it adds is people, their units, who may do what when, and a record of every change.

Apps: ``people`` (persons, units, rights, sessions), ``trail`` (the record of every change), ``work`` (long work as jobs), ``performance``
(projects from target to use of results), ``finals`` (final accounts from import to publication), ``checking`` (drop a document).
"""
