import hydra  # expect: HW203

hydra.main(config_path="conf")
