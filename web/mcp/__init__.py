"""The Model Context Protocol: an assistant's tools over the archive. Calls in; results, as data and to read, out.

Structs are arguments and results here as everywhere, so the SDK's lower server is used: its upper one
makes pydantic models of signatures, and lets arguments pass that no tool has.
"""
