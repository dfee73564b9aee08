#pragma once

#include <tbb/concurrent_hash_map.h>
#include <tbb/concurrent_unordered_map.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "attribute/simulation/objects.h"
#include "attribute/simulation/outer_changes.h"
#include "attribute/simulation/well_known.h"

namespace headwater::attribute {

/// The code of every module that any simulation runs, made ready once. Thread safe; what get()
/// gives lives as long as the table.
class CodeTable {
 public:
  CodeTable(const ModuleSource& source, Atoms& atoms)
      : source_(source), atoms_(atoms), well_known_(atoms) {}

  const Code& get(const FoundModule& module);
  /// Calls each code by the least of the names by which simulations have got it so far: by which of
  /// them it was met first is a matter of threads. Not beside simulations.
  void settle_names();
  const WellKnown& well_known() const { return well_known_; }
  /// By Code::file_number.
  const Code& code(uint32_t number) const;
  const std::string& file(uint32_t number) const { return code(number).file; }
  /// Whether the function's body has a `yield` of its own; remembered.
  bool is_generator(const Code& code, NodeId function);
  /// What the name is where nothing but `builtins` has it, or nothing; remembered.
  Value builtin(Atom name);
  /// Remembered.
  const OuterChanges<Atom>& outer_changes(const Code& code, NodeId function);
  /// Whether it never returns a value but None or False: an `__exit__` that lets all through.
  static bool returns_nothing(const Code& code, NodeId function);
  /// Whether some function of the module `last` (its last part) imports this very module to set
  /// attributes of it by computed names (who calls that, an extension perhaps, is not followed), or
  /// `exec` is got at by its name. Remembered.
  bool sets_own_names(const Code& code, std::string_view last);

 private:
  struct Key {
    const Code* code;
    NodeId node;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    static size_t hash(const Key& key) {
      return (reinterpret_cast<size_t>(key.code) >> 4) * 31 + static_cast<size_t>(key.node);
    }
    static bool equal(const Key& a, const Key& b) { return a == b; }
  };

  const ModuleSource& source_;
  Atoms& atoms_;
  WellKnown well_known_;
  tbb::concurrent_hash_map<std::string, std::unique_ptr<Code>> codes_;
  tbb::concurrent_unordered_map<Atom, Value> builtins_;
  tbb::concurrent_hash_map<Key, bool, KeyHash> generators_;
  tbb::concurrent_hash_map<Key, bool, KeyHash> fill_themselves_;  // by root
  tbb::concurrent_hash_map<Key, OuterChanges<Atom>, KeyHash> outer_changes_;
  void note_name(const Code& code, const std::string& name);

  mutable std::mutex numbers_mutex_;  // guards what follows
  std::vector<Code*> by_number_;
  std::map<uint32_t, std::string> other_names_;  // the least one, by number
};

}  // namespace headwater::attribute
