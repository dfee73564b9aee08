from by_chain import model
from by_dict import load
from by_loader import load as served
from by_loader import whatever
