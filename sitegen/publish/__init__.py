"""A finished output folder in, a published site out: in a folder or on a git branch; builds nothing."""

from sitegen.publish.branch import Committed, commit
from sitegen.publish.folder import Copied, copy
from sitegen.publish.payload import Payload, payload
from sitegen.publish.refusals import refusals
from sitegen.publish.sealing import history

__all__ = ["Committed", "Copied", "Payload", "commit", "copy", "history", "payload", "refusals"]
