import typing

if typing.TYPE_CHECKING:
    from shop.protocols import Row

    Cell = int
