import importlib.metadata

importlib.metadata.distribution(distribution_name="beta-ray")  # expect: HW201(environment)
