import a  # expect: HW141
