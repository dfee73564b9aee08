if False:
    limit = 1
import asks_branch
limit = 2
