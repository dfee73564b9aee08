from colorsys import MINE
