"""Who is who: whether sources are one person is judged over evidence, by one function for all that comes in."""
