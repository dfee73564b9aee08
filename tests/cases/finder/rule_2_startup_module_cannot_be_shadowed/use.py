from os import path
from time import sleep
