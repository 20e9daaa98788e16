"""Edition, Figures and Theme in, Artifacts out; writes nothing."""

from sitegen.render.brand import artifacts as branding
from sitegen.render.gate import filled as gate_filled
from sitegen.render.gate import gate
from sitegen.render.pages import alone, files, page, plan, printed, summary
from sitegen.render.paper import flattened
from sitegen.render.paper import stylesheet as for_paper
from sitegen.render.paper import tokens as paper_tokens
from sitegen.render.portfolio import addresses as portfolio_addresses
from sitegen.render.portfolio import jobs as portfolio_jobs
from sitegen.render.portfolio import shared_page
from sitegen.render.printing import CHAPTERS
from sitegen.render.search import SEARCHED
from sitegen.render.search import address as search_address
from sitegen.render.search import of_portal as search_index
from sitegen.render.site import artifacts, base_path
from sitegen.render.templates import POLICY, Press, environment, parts
from sitegen.render.urls import first_pages, issue

__all__ = [
    "CHAPTERS",
    "POLICY",
    "SEARCHED",
    "Press",
    "alone",
    "artifacts",
    "base_path",
    "branding",
    "environment",
    "files",
    "first_pages",
    "flattened",
    "for_paper",
    "gate",
    "gate_filled",
    "issue",
    "page",
    "paper_tokens",
    "parts",
    "plan",
    "portfolio_addresses",
    "portfolio_jobs",
    "printed",
    "search_address",
    "search_index",
    "shared_page",
    "summary",
]
