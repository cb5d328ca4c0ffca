"""Pages by WSGI, for a larger site that serves sockets by ASGI beside them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter.settings")
if not os.environ.get("DATABASE_URL"):
    from charter import embedded
    from charter.data import data_folder

    embedded.start(data_folder())

application = get_wsgi_application()
