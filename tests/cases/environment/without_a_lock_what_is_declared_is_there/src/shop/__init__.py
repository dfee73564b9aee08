import numpy
import yaml
import bs4  # expect: HW203
import flask
