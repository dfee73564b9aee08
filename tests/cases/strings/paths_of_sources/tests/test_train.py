DATA = "conf/gone.yaml"
