"""The pages: server-rendered, over the same services as the endpoint."""
