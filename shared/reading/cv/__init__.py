"""The text of a CV into facts, by rules and layout of our own: what the offline model reads with."""
