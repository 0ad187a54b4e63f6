"""What the project promises in numbers, measured from outside: `make bench`, `make eval`, `make rehearse`."""
