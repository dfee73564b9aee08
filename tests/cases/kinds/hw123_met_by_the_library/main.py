import app  # expect: HW141
