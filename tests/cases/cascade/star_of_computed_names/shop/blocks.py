class Text: ...


all_blocks = [Text]
__all__ = [block.__name__ for block in all_blocks]
