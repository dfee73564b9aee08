from shop.helper import Base


class Derived(Base):
    pass
