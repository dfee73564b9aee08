import lazy_loader as lazy  # expect: HW203

__getattr__, __dir__, __all__ = lazy.attach(__name__, submodules=["io"], submod_attrs={"io": ["load"]})
