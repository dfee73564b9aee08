DEFAULT = "conf/a.yaml"
OTHER = "conf/gone.yaml"  # expect: HW421
HOME = "/home/ada/shop/data.csv"  # expect: HW422
MADE = "out/gone.yaml"
