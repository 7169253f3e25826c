"""What can go wrong between a question and its answer.

    OnrecordError
    └── AskingError
        ├── QuestionRefused     empty, too long, or not text
        ├── UnknownModel        no model of that name
        └── ModelError          the model can't be used, or its reply did not come whole
            ├── ModelNotReady       no server, no key, no such model or file, too small a context
            ├── ModelBrokeOff       its reply ended too early, or is not what its protocol allows
            └── ModelTooSlow        it took longer than allowed
"""

from index.errors import OnrecordError


class AskingError(OnrecordError):
    """A question can't be asked like this."""


class QuestionRefused(AskingError):
    """The question or its filters are out of bounds; the message names which and the bound."""


class UnknownModel(AskingError):
    """No model of that name can be used here; the message lists those that can."""


class ModelError(AskingError):
    """The model gave no whole reply; the message names the model and says what to do."""


class ModelNotReady(ModelError):
    """It can't be asked yet: no server, key or file, it is not pulled, or its context is too small."""


class ModelBrokeOff(ModelError):
    """Its reply ended before it was finished, or can't be read as its protocol."""


class ModelTooSlow(ModelError):
    """Nothing came for longer than allowed, or the whole took too long."""
