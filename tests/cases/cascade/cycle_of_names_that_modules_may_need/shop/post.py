from shop.mail import Letter  # expect: HW121


class Post(Letter): ...
