from importlib import metadata as importlib_metadata


def author(name):
    return importlib_metadata.metadata(name)["Author"]  # expect: HW202(environment)


AUTHOR = author("Gamma_Ray")
