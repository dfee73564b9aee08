#include "model/library_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace headwater {
namespace {

constexpr PythonVersion kFirst{3, 9};
constexpr int kVersions = 6;

/// Of the versions that only tell what there was once, bit 0 is Python 2, and bit i 3.(5 + i).
constexpr int kFirstOlderMinor = 5;

struct Row {
  std::string_view module;
  uint8_t known;  // each a bit set: bit i is version 3.(9 + i)
  uint8_t open;   // has a `__getattr__`
  bool is_by_platform;
  bool is_public_only;
  std::string_view names;  // each with a space behind it, after the Bits of its group
};

constexpr Row kRows[] = {
#include "model/library_names.inc"
};

/// The versions of some names, written `!hhmmo`: those that have them, those that may have them,
/// and the older ones.
struct Bits {
  unsigned has = 0;
  unsigned may_have = 0;
  unsigned older = 0;
};

unsigned hexadecimal(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

Bits bits_at(std::string_view mark) {
  return {hexadecimal(mark[1]) << 4 | hexadecimal(mark[2]),
          hexadecimal(mark[3]) << 4 | hexadecimal(mark[4]), hexadecimal(mark[5])};
}

/// The bit of the environment's version; 0 if the tables do not know it.
unsigned version_bit(const PythonEnvironment& environment) {
  const int place = environment.version.minor - kFirst.minor;
  const bool is_known = environment.implementation == "cpython" &&
                        environment.version.major == kFirst.major && place >= 0 &&
                        place < kVersions;
  return is_known ? 1u << place : 0;
}

const Row* row_of(std::string_view module) {
  const auto* const found = std::ranges::lower_bound(kRows, module, {}, &Row::module);
  return found != std::end(kRows) && found->module == module ? found : nullptr;
}

/// The versions of one name; all zero where none has it.
Bits bits_of(const Row& row, std::string_view name) {
  const std::string_view names = row.names;
  for (size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool is_whole = at > 0 && names[at - 1] == ' ' && end < names.size() && names[end] == ' ';
    if (is_whole) return bits_at(names.substr(names.rfind('!', at)));
  }
  return {};
}

/// What modules that are no packages put into sys.modules below their own names, in the versions
/// whose bits are given.
struct Registered {
  std::string_view module;
  std::string_view name;
  uint8_t versions;
};

constexpr Registered kRegistered[] = {
    {"os", "path", 0x3f},
    {"pyexpat", "errors", 0x3f},
    {"pyexpat", "model", 0x3f},
    {"typing", "io", 0x0f},
    {"typing", "re", 0x0f},
    {"xml.parsers.expat", "errors", 0x3f},
    {"xml.parsers.expat", "model", 0x3f},
};

bool is_registered(std::string_view module, std::string_view name, unsigned version) {
  return std::ranges::any_of(kRegistered, [&](const Registered& one) {
    return one.module == module && one.name == name && (one.versions & version) != 0;
  });
}

bool is_package(std::string_view module, unsigned version) {
  const std::string prefix = std::string(module) + '.';
  const auto* row = std::ranges::lower_bound(kRows, std::string_view(prefix), {}, &Row::module);
  for (; row != std::end(kRows) && row->module.starts_with(prefix); ++row) {
    if ((row->known & version) != 0) return true;
  }
  return false;
}

bool may_answer_more(const Row& row, unsigned version) {
  return (row.open & version) != 0 && row.is_by_platform;
}

}  // namespace

LibraryName library_name(const PythonEnvironment& environment, std::string_view module,
                         std::string_view name) {
  const unsigned version = version_bit(environment);
  const Row* const row = version == 0 || name.empty() ? nullptr : row_of(module);
  if (row == nullptr || (row->known & version) == 0) return LibraryName::kUnknown;
  const Bits bits = bits_of(*row, name);
  if (bits.has & version) return LibraryName::kHas;
  if (bits.may_have & version) return LibraryName::kMayHave;
  const bool is_private = name.starts_with('_');
  if (name.starts_with("__") || (is_private && (row->is_by_platform || row->is_public_only))) {
    return LibraryName::kUnknown;
  }
  // What its `__getattr__` answers elsewhere was not asked. Here it was asked for every name that
  // any version or stub has; to a name of their own making none of the library's answers.
  if (may_answer_more(*row, version)) return LibraryName::kUnknown;
  const bool was_asked_for = (bits.has | bits.may_have | bits.older) != 0;
  return was_asked_for || !row->is_by_platform ? LibraryName::kLacks : LibraryName::kUnknown;
}

LibraryName library_submodule(const PythonEnvironment& environment, std::string_view module,
                              std::string_view name) {
  const unsigned version = version_bit(environment);
  // Tests and what runs a package are in no table.
  const bool is_left_out = name == "test" || name == "tests" || name.starts_with("__");
  if (version == 0 || name.empty() || is_left_out) return LibraryName::kUnknown;
  if (is_registered(module, name, version)) return LibraryName::kHas;
  const size_t dot = module.rfind('.');
  if (dot != std::string_view::npos &&
      is_registered(module.substr(0, dot), module.substr(dot + 1), version)) {
    return LibraryName::kLacks;
  }
  const Row* const row = row_of(module);
  if (row == nullptr || (row->known & version) == 0) return LibraryName::kUnknown;
  if (!is_package(module, version)) return LibraryName::kLacks;
  const std::string dotted = std::string(module).append(1, '.').append(name);
  if (const Row* const own = row_of(dotted); own != nullptr && (own->known & version) != 0) {
    return LibraryName::kHas;
  }
  const Bits bits = bits_of(*row, name);
  const bool may_be_there = ((bits.has | bits.may_have) & version) != 0;
  return may_be_there || name.starts_with('_') ? LibraryName::kUnknown : LibraryName::kLacks;
}

std::string library_name_history(const PythonEnvironment& environment, std::string_view module,
                                 std::string_view name) {
  const unsigned version = version_bit(environment);
  const Row* const row = row_of(module);
  if (version == 0 || row == nullptr) return {};
  const Bits bits = bits_of(*row, name);
  const unsigned here = bits.has | bits.may_have;
  if (const unsigned before = here & (version - 1); before != 0) {
    return fmt::format("Python 3.{} removed it", kFirst.minor + std::bit_width(before));
  }
  if (const unsigned later = here & ~(version - 1); later != 0) {
    return fmt::format("new in Python 3.{}", kFirst.minor + std::countr_zero(later));
  }
  if (bits.older > 1) {
    return fmt::format("Python 3.{} removed it", kFirstOlderMinor + std::bit_width(bits.older));
  }
  return bits.older == 1 ? "only Python 2 has it" : "";
}

std::optional<LibraryModuleNames> library_module_names(const PythonEnvironment& environment,
                                                       std::string_view module) {
  const unsigned version = version_bit(environment);
  const Row* const row = version == 0 ? nullptr : row_of(module);
  if (row == nullptr || (row->known & version) == 0) return std::nullopt;
  LibraryModuleNames names;
  names.is_open = may_answer_more(*row, version);
  names.is_public_only = row->is_public_only;
  names.is_by_platform = row->is_by_platform;
  Bits bits;
  for (std::string_view rest = row->names; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size() + 1);
    if (word.front() == '!') {
      bits = bits_at(word);
    } else if (bits.has & version) {
      names.has.push_back(word);
    } else if (bits.may_have & version) {
      names.may_have.push_back(word);
    }
  }
  return names;
}

}  // namespace headwater
