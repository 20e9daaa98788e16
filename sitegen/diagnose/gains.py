"""Returns in, what the return counts and how far it is known out (METHODS §4.2). Computes no gain."""

from __future__ import annotations

from sitegen.messages import Message, say
from sitegen.model.computed import CommunicationSaving, Measurement, Returns, ServiceSaving, State


def full(returns: Returns) -> Measurement:
    """The return of every lever where any of them enters it, else that of additional sales alone."""
    return returns.roi if returns.roi and _levers_known(returns) else returns.roi_incremental


def counted(returns: Returns) -> tuple[Message, ...]:
    """The gains that enter that return, by their names."""
    entered = _entered(returns) if _levers_known(returns) else ("sales",)
    return tuple(say(f"verdict.lever.{lever}") for lever in entered)


def whole(returns: Returns) -> bool:
    """Whether all the gains behind the return are known: a part of them proves no loss."""
    if _levers_known(returns) and returns.benefit:
        return returns.benefit.state is not State.PARTIAL and not sales_partial(returns)
    return returns.attributed_revenue.state is State.COMPLETE


def sales_partial(returns: Returns) -> bool:
    """Whether the return counts attributed sales of which a part is unknown."""
    counts = returns.roi_incremental.value is not None or not _levers_known(returns)
    return counts and returns.attributed_revenue.state is State.PARTIAL


def cheaper(saving: CommunicationSaving) -> bool:
    """Less is paid for the same effect, by the lower valuation."""
    return saving.saving.value is not None and saving.saving.value > 0


def cancelled(service: ServiceSaving) -> bool:
    """Cash was saved: a planned hire that something shows, or overtime or outsourcing that a lower cost made needless.

    `booked` does not tell it: the present cost may be in it (METHODS §4.2).
    """
    if service.nature != "cash" or not service.booked.value or service.booked.value <= 0:
        return False
    return service.evidence is not None if service.cancelled == "hire" else (service.saving.value or 0) > 0


def _levers_known(returns: Returns) -> bool:
    return returns.roi is not None and returns.roi.value is not None and bool(_entered(returns))


def _entered(returns: Returns) -> dict[str, Measurement]:
    """What each lever brings to it. Time that is merely set free and money that is spent elsewhere bring nothing."""
    sales = returns.roi_incremental  # known whenever the margin is, be it for the agency only
    others = {
        "communication": returns.communication.avoided if returns.communication else None,
        "service": returns.service.booked if returns.service else None,
    }
    booked = {lever: gain for lever, gain in others.items() if gain and gain.value}
    return {"sales": sales, **booked} if sales.value is not None else booked
