"""The stages: table.py lists them, stage.py says what a stage's file offers, and each stage is a file here."""
