import hydra  # expect: HW203(unknown)
