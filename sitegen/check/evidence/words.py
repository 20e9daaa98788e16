"""A word of a cell in, what it stands for in the portal out: channels, tones, formats, placements; None for others."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.check.evidence.cells import plain
from sitegen.model.catalogue import CHANNELS
from sitegen.model.evidence import Sentiment

_CHANNELS = {
    "whatsapp": ("whats app", "wa", "whatsapp business"),
    "facebook": ("fb", "messenger", "facebook messenger", "page facebook"),
    "instagram": ("ig", "insta", "instagram dm", "dm instagram", "instagram direct"),
    "tiktok": ("tik tok",),
    "x": ("twitter", "x (twitter)"),
    "youtube": ("you tube",),
    "email": ("e-mail", "mail", "courriel", "mel", "boite mail"),
    "phone": ("telephone", "tel", "tel.", "call", "calls", "appel", "appels"),
    "live_chat": ("chat", "live chat", "clavardage", "tchat", "messagerie du site"),
    "tickets": ("ticket", "billet", "billets", "support"),
    "website": ("site", "site web", "web", "form", "formulaire", "web form"),
    "shop": ("boutique", "magasin", "store"),
    "sms": ("texto", "text message"),
    "google_business_profile": ("google", "google business", "google maps", "avis google", "google reviews"),
}
_TONES: Mapping[Sentiment, tuple[str, ...]] = {
    "positive": ("positive", "positif", "pos", "+", "bon", "good"),
    "neutral": ("neutral", "neutre", "neu", "0", "="),
    "negative": ("negative", "negatif", "neg", "mauvais", "bad", "plainte", "complaint"),
}
_FORMATS = {
    "image": ("photo", "picture", "visuel", "picture post", "publication photo"),
    "carousel": ("carrousel", "album", "diaporama"),
    "video": ("film", "videos", "long video"),
    "reel": ("reels", "short", "shorts", "courte video", "short video"),
    "story": ("stories",),
    "text": ("texte", "statut", "status"),
    "link": ("lien", "article", "partage de lien"),
    "live": ("direct", "en direct"),
    "poll": ("sondage", "quiz", "question"),
    "document": ("pdf",),
}
_PLACEMENTS = {
    "feed": ("fil", "fil d'actualite", "mur", "page", "timeline", "profile", "profil"),
    "story": ("stories",),
    "reels": ("reel", "shorts"),
    "group": ("groupe", "groupes", "groups", "community", "communaute"),
    "channel": ("chaine", "canal", "broadcast", "diffusion"),
    "marketplace": (),
    "blog": ("site", "website", "site web"),
    "email": ("newsletter", "infolettre", "e-mail", "courriel"),
}
FORMATS, PLACEMENTS = (*_FORMATS, "other"), (*_PLACEMENTS, "other")
OFF_OFFER = (  # tags of posts that are not about the offer, unless the client names others
    *("quote", "quotes", "citation", "citations", "meme", "memes", "humour", "humor", "blague", "joke"),
    *("greeting", "greetings", "voeux", "souhaits", "generic", "generique", "off offer", "off-offer", "hors offre"),
)


def _looked_up(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(word): name for name, words in names.items() for word in (name, *words)}


_BY_CHANNEL = {**{plain(name.replace("_", " ")): name for name in CHANNELS}, **_looked_up(_CHANNELS)}
_BY_CHANNEL |= {plain(name): name for name in CHANNELS}
_BY_TONE: dict[str, Sentiment] = {plain(word): tone for tone, words in _TONES.items() for word in words}
_BY_FORMAT, _BY_PLACEMENT = _looked_up(_FORMATS), _looked_up(_PLACEMENTS)


def channel(cell: str) -> str | None:
    """The id of a channel."""
    return _BY_CHANNEL.get(plain(cell))


def tone(cell: str) -> Sentiment | None:
    """How a message sounds."""
    return _BY_TONE.get(plain(cell))


def format_of(cell: str) -> str | None:
    """What a post is made of."""
    return _BY_FORMAT.get(plain(cell))


def placement(cell: str) -> str | None:
    """Where a post stands."""
    return _BY_PLACEMENT.get(plain(cell))
