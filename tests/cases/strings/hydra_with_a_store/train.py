from hydra.core.config_store import ConfigStore  # expect: HW203(unknown)
