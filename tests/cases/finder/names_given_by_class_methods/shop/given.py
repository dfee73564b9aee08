from shop.bases import Base


@Base.export
@Base.register
class Own(Base):
    size = 2
