"""Word files: .docx and the binary .doc."""
