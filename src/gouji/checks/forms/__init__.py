"""Self-evaluation forms (自评表) checked: every cell of a form is a suspect, the laws of points and money tie the cells together.

``judge_forms`` judges records without any document; the rules ``form-*`` and ``scheme-*`` turn what it finds into findings.
"""
