import gamma
# alpha is imported by the other project only
