"""Statements (决算报表) in tables of every shape: recognised by title and heads, read into records over facts."""

from gouji.extraction.statements.read import StatementReading, read_statements

__all__ = ["StatementReading", "read_statements"]
