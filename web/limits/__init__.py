"""How much is taken at once: questions at work and in line, requests a minute, bodies, slow connections."""
