from collections import Counter

import metricset

from store.orders.models import Order
from store.pricing import total


def revenue(orders: list[Order]):
    metricset.gauge("orders", len(orders))
    return total(line.article.price for order in orders for line in order.lines)


def best_sellers(orders: list[Order]):
    return Counter(line.article.number for order in orders for line in order.lines)
