import hydra  # expect: HW203
