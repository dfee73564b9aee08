from late import helper

old, new = helper.recreate(__name__)
