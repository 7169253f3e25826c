"""The web application: answers over HTTP, and the pages. Requests in; what `qa` and `index` say out."""
