"""How the encoder is tuned on transcripts: pairs, negatives, losses, the training loop, and what it gave.

Questions and the passages that answer them come from the QMSum training meetings and the press
briefings of 2021, nothing else; what figures are reported on is never read here. Only the last two
layers of the bundled encoder and the projection of its token vectors are tuned, so that 7 MB are
shipped over it and the four layers below need to run once for each text.
"""
