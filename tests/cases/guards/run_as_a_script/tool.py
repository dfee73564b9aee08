import here

if __name__ == "__main__":
    import here.a  # expect: HW101(fault)

    def later():
        import here.b  # expect: HW101(fault)
elif here:
    import here.c  # expect: HW101(unknown)
if "__main__" == __name__ and here:
    import here.d  # expect: HW101(unknown)
if __name__ != "__main__":
    import here.e  # expect: HW101(unknown)
