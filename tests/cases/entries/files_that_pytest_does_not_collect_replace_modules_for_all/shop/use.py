import shop.of_check  # expect: HW101
import shop.of_runner
import shop.of_conftest
