"""What can go wrong between a question and its answer.

    OnrecordError
    └── AskingError
        ├── QuestionRefused     empty, too long, or not text
        └── UnknownModel        no model of that name
"""

from index.errors import OnrecordError


class AskingError(OnrecordError):
    """A question can't be asked like this."""


class QuestionRefused(AskingError):
    """The question or its filters are out of bounds; the message names which and the bound."""


class UnknownModel(AskingError):
    """No model of that name can be used here; the message lists those that can."""
