from shop.finder_of_its_own import X
