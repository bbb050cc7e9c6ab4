"""What a WSGI server loads (waitress of ``gouji serve``, or a bureau's own)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouji.web.settings")
application = get_wsgi_application()
