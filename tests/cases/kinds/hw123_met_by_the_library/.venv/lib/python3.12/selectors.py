import select

_can_poll = hasattr(select, "poll")
_wait = select.select
