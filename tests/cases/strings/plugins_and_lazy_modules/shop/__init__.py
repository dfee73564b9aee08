import lazy_loader as lazy  # expect: HW203(unknown)

__getattr__, __dir__, __all__ = lazy.attach(
    __name__,
    submodules=["cart", "gone"],  # expect: HW401
    submod_attrs={
        "cart": ["Cart", "Nothing"],  # expect: HW402
        "away": ["Thing"],  # expect: HW401
    },
)
