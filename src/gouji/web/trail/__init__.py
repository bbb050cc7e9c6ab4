"""The record of every change (留痕): who, when, from, to, why; a later alteration of it is detected."""
