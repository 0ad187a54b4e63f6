"""Layouts of CVs the rules of reading were not written from: everyday work, nine languages, sixteen settings."""
