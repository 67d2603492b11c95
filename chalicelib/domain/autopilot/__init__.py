"""Orders that walk by themselves, for those who test against Docket. Pure: it decides, others write and wake."""

from chalicelib.domain.autopilot.content import PILOT, command
from chalicelib.domain.autopilot.fate import Fate
from chalicelib.domain.autopilot.planning import OFF, Autopilot, due, followed
from chalicelib.domain.autopilot.script import HEADER

__all__ = ["HEADER", "OFF", "PILOT", "Autopilot", "Fate", "command", "due", "followed"]
