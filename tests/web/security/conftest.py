"""What the tests of this folder share: the world."""

from tests.web.security.world import world

__all__ = ["world"]
