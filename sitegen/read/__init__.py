"""Files in, facts out: documents, tables, articles, one client's folder; judges nothing."""

from sitegen.read.articles import articles
from sitegen.read.client import client, clients, misnamed, site
from sitegen.read.documents import document
from sitegen.read.editions import digest, edition, editions, shelf
from sitegen.read.keys import keyring
from sitegen.read.keys import written as keyring_text
from sitegen.read.published import published
from sitegen.read.rubric import rubric
from sitegen.read.tables import table
from sitegen.read.themes import names as theme_names
from sitegen.read.themes import theme

__all__ = [
    "articles",
    "client",
    "clients",
    "digest",
    "document",
    "edition",
    "editions",
    "keyring",
    "keyring_text",
    "misnamed",
    "published",
    "rubric",
    "shelf",
    "site",
    "table",
    "theme",
    "theme_names",
]
