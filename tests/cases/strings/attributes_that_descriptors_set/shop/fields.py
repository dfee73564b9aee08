class Base:
    def __set_name__(self, owner, name):
        setattr(owner, name + "_label", name.title())


class Text(Base):
    pass


class Meta(type):
    limit = 3
