import ns.text
from ns import text
from ns import nowhere
