def later():
    import shop.nowhere  # expect: HW101
