from tidewire import Client
from tidewire.errors import Refused

from store.settings import Settings


def on_hand(number, settings=Settings()):
    try:
        return Client(settings.warehouse_url).get(f"/stock/{number}")["count"]
    except Refused:
        return 0
