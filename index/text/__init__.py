"""What reading, questions and the gate share: pure functions over text."""
