"""What can be wrong with rules that are data."""

from pydantic import ValidationError


class PolicyError(Exception):
    """The rules as data cannot be used as they stand."""


class PolicyDataError(PolicyError):
    """A policy, taxonomy or form file is refused; the message names the file and the place in it."""

    @classmethod
    def from_validation(cls, where: str, error: ValidationError) -> "PolicyDataError":
        """One line per problem, each with the path to the value that is wrong."""
        lines = []
        for problem in error.errors():
            place = ".".join(str(part) for part in problem["loc"])
            lines.append(f"{where}: {place}: {problem['msg']}" if place else f"{where}: {problem['msg']}")
        return cls("\n".join(lines))


class NoPolicyInForce(PolicyError):
    """No policy of that kind holds on that day in that place."""


class UnknownTerm(PolicyError, ValueError):
    """A code that is in no taxonomy."""
