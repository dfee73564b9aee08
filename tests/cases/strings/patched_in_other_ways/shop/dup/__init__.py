from shop.fast import Starred as client
