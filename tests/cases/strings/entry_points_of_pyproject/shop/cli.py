def main():
    pass


class Admin:
    def run(self):
        pass
