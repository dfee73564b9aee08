x = 1
match x:  # expect: HW302
    case 1:
        pass
