import in_five
