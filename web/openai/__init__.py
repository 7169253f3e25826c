"""OpenAI's protocol: a conversation in; an answer from the record out, its sources in the text.

Whatever speaks Chat Completions can ask the archive. docs/protocols.md says what of the protocol is taken.
"""
