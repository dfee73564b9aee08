#pragma once

#include <cstddef>
#include <vector>

#include "attribute/simulation/values.h"

namespace headwater::attribute {

/// Names bound to values: the globals of a module, the locals of a function, the attributes of a
/// class. Names keep the order of their first binding. An unbound name has the value kAbsent.
class NameSpace {
 public:
  struct Entry {
    Atom name;
    uint32_t stamp = 0;  // of the soft run that last wrote down what was there before
    Value value{};
  };

  /// kAbsent if it is not bound.
  Value get(Atom name) const {
    const Entry* entry = find(name);
    return entry == nullptr ? Value() : entry->value;
  }
  bool has(Atom name) const { return !get(name).is_absent(); }
  /// Binds `name`, or unbinds it where `value` is kAbsent.
  void set(Atom name, const Value& value) {
    if (value.is_absent() && find(name) == nullptr) return;
    slot(name).value = value;
  }
  /// The place of `name`, made if there is none. Valid until another one is made.
  Entry& slot(Atom name);
  const std::vector<Entry>& entries() const { return entries_; }

  /// The last soft run that was begun when it was made. What is younger than a soft run is seen by
  /// nobody once that is undone.
  uint32_t born = 0;

 private:
  static constexpr size_t kScanned = 8;  // fewer are found fastest by looking at each

  const Entry* find(Atom name) const;
  void index(size_t place);
  void grow();
  static size_t hash(Atom name) {
    return static_cast<size_t>(static_cast<uint32_t>(name)) * 0x9E3779B97F4A7C15ull >> 32;
  }

  std::vector<Entry> entries_;
  std::vector<uint32_t> slots_;  // open addressing: place + 1; 0 is free
};

}  // namespace headwater::attribute
