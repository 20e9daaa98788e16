"""Edition, Figures and Theme in, Artifacts out; writes nothing."""

from sitegen.render.brand import artifacts as branding
from sitegen.render.pages import files, page, plan, summary
from sitegen.render.site import artifacts, base_path
from sitegen.render.templates import POLICY, Press, environment, parts

__all__ = [
    "POLICY",
    "Press",
    "artifacts",
    "base_path",
    "branding",
    "environment",
    "files",
    "page",
    "parts",
    "plan",
    "summary",
]
