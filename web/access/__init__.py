"""Who may ask and change what: tokens, sign-in, and what of the archive an access sees."""
