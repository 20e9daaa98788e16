"""sitegen: one client's YAML and exports in, an audit portal out."""

__version__ = "0.1.0"
