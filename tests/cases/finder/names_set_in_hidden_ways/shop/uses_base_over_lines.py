from shop.base_over_lines import X
