"""A private PostgreSQL for an installation without DATABASE_URL.

Any number of processes of one data folder share one server. Each holds a shared lock on a file
while it lives (`start`), which the kernel gives back even after kill -9. A small detached process
(`guard`) has the server as its child and ends it as soon as nobody holds that lock. The server
listens on a unix socket in a private folder only, and knows who calls by the kernel's word (peer).
"""

from charter.embedded.place import address, is_made
from charter.embedded.start import leave, start

__all__ = ["address", "is_made", "leave", "start"]
