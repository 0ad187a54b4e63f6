"""What is answered: one view an answer, rendered as JSON, as HTML or as terminal text."""
