"""How much the properties of this folder look at. ``GOUJI_SLOW=1`` runs them over many more documents, ``GOUJI_SEED=7`` over others."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

SLOW = bool(os.environ.get("GOUJI_SLOW"))
SEED = int(os.environ.get("GOUJI_SEED", "0"))
EXAMPLES = 600 if SLOW else 60
#: What fails is shrunk, but not explained: the explanation takes longer than the search.
RUN = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not SLOW, report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink], database=None,
)  # fmt: skip
