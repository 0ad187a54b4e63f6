"""What the project promises in numbers, measured from outside: `make bench`, `make eval`, `make rehearse`."""

import shared.config  # noqa: F401  before numpy, as the doors do
