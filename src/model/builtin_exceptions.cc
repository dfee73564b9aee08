#include "model/builtin_exceptions.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace headwater {
namespace {

struct ExceptionRow {
  std::string_view name;
  std::string_view base;
  int since;
};

constexpr ExceptionRow kExceptions[] = {
#include "model/builtin_exceptions.inc"
};

/// The base of each as a row; -1: none.
constexpr auto kBases = [] {
  std::array<int64_t, std::size(kExceptions)> bases{};
  for (size_t i = 0; i < bases.size(); ++i) {
    const auto* const base =
        std::ranges::find(kExceptions, kExceptions[i].base, &ExceptionRow::name);
    bases[i] = base == std::end(kExceptions) ? -1 : base - std::begin(kExceptions);
  }
  return bases;
}();

}  // namespace

int64_t exception_number(std::string_view name, PythonVersion version) {
  if (name == "EnvironmentError" || name == "IOError") name = "OSError";
  const auto row = std::ranges::find(kExceptions, name, &ExceptionRow::name);
  if (row == std::end(kExceptions) || row->since > version.minor) return -1;
  return row - std::begin(kExceptions);
}

std::string_view exception_name(int64_t number) {
  if (number < 0 || number >= std::ssize(kExceptions)) return {};
  return kExceptions[number].name;
}

bool exception_is_a(int64_t number, int64_t base) {
  if (number < 0 || base < 0 || base >= std::ssize(kExceptions)) return false;
  // ExceptionGroup has two bases; the table has the first one.
  if (exception_name(number) == "ExceptionGroup" && exception_name(base) == "Exception") {
    return true;
  }
  while (number != base && number >= 0) {
    number = number < std::ssize(kBases) ? kBases[static_cast<size_t>(number)] : -1;
  }
  return number == base;
}

}  // namespace headwater
