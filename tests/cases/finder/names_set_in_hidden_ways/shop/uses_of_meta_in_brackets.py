from shop.of_meta_in_brackets import X
