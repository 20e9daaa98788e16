"""The numbers of METHODS.md, as tests."""
