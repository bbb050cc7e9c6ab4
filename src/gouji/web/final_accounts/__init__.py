"""Final accounts (部门决算): import of the books, statements, narrative, evaluation, check, outputs, approval, publication, correction."""
