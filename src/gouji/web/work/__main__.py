"""``python -m gouji.web.work PARENT``: the worker of the server whose process id is given."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouji.web.settings")

if __name__ == "__main__":
    import django

    django.setup()
    from gouji.web.work.worker import work

    work(int(sys.argv[1]) if len(sys.argv) > 1 else None)
