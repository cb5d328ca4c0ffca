"""Everything by ASGI, on one port."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter.settings")
os.environ.setdefault("DATABASE_POOL", "20")
if not os.environ.get("DATABASE_URL"):
    from charter import embedded
    from charter.data import data_folder

    embedded.start(data_folder())

application = get_asgi_application()
