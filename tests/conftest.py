"""What holds for all tests: properties are never judged by how long they take."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("tocsin", deadline=None, print_blob=True)
settings.load_profile("tocsin")
