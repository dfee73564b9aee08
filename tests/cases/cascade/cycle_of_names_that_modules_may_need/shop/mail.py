from __future__ import annotations

from shop.post import Post  # expect: HW121


class Letter:
    def send(self, post: Post) -> None:
        assert isinstance(post, Post)
