"""Fixtures of the registry of practices."""

from tests.exchange.registry import registry

__all__ = ["registry"]
