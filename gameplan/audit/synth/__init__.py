"""Made-up nations: audit folders with the sizes, the life lines and the disorder of real ones, and nobody's data."""

from gameplan.audit.synth.nation import CannotMake, make_nation

__all__ = ["CannotMake", "make_nation"]
