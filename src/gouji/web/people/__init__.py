"""Persons, the tree of units they belong to, and what each may see and do (人员、单位、权限)."""
