from lazy import helper

old, new = helper.recreate(__name__)
