#pragma once

#include <tbb/concurrent_hash_map.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/holders.h"
#include "resolve/world.h"

namespace headwater::resolve {

enum class Presence : uint8_t { kPresent, kAbsent, kUnknown };

/// Whether modules have names. Modules that are not of the tree are read when first asked for.
/// Thread safe.
class Symbols {
 public:
  explicit Symbols(const World& world);
  ~Symbols();
  Symbols(const Symbols&) = delete;
  Symbols& operator=(const Symbols&) = delete;

  /// Whether `from module import name` in `file` finds it: an attribute or a submodule (rules 13
  /// and 14). `submodule` gets the module that the statement loads, if it is that which serves the
  /// name.
  Presence of(uint32_t file, const Node& module, std::string_view name,
              const Node*& submodule) const;
  /// Whether `module` has `name` while it asks itself for it, by other means than to import it from
  /// itself, which binds what is there already.
  Presence in_itself(uint32_t file, const Node& module, std::string_view name) const;
  /// The modules that `module` may load when it is asked for a name that it may or may not have.
  std::vector<const Node*> loaded_on_demand(uint32_t file, const Node& module,
                                            std::string_view name) const;

  /// Whether code may set `name`, which the statements of `module` do not bind: its own in a way
  /// that facts do not show, or that of a module beside it or of `file`.
  bool may_be_set_from_outside(uint32_t file, const Node& module, std::string_view name) const;
  /// Whether a source that has `module` in hand, or something called `owner`, which is the module
  /// or a class of it, sets an attribute `name` on whatever it has, or any on an `owner`.
  bool may_be_set_by_importers(const Node& module, std::string_view owner,
                               std::string_view name) const;

  /// nullptr: not known.
  const FileFacts* facts_of(const Node& module) const { return contents(module).facts; }
  /// What an import of `module` asks for; empty if it cannot be formed.
  static std::string absolute_name(const Node& module, const FileFacts& facts,
                                   const Import& import);

 private:
  using Names = std::vector<NameId>;  // sorted by what they are called
  using Visited = std::vector<const FileFacts*>;

  /// What a module binds.
  struct Contents {
    const FileFacts* facts = nullptr;  // nullptr: not known
    const Names* bound = nullptr;
    bool binds(std::string_view name) const;
  };
  struct Foreign {
    FileFacts facts{};
    Names bound{};
    bool was_read = false;
  };

  /// The attributes that a text sets on whatever it has. By the hashes of their names, since there
  /// are many and two of one hash do no harm.
  struct SetAttributes {
    std::vector<size_t> names{};    // sorted
    std::vector<size_t> modules{};  // sorted; the last names of those on which it may set any
    bool is_known = true;

    bool may_set(std::string_view owner, std::string_view name) const;
  };

  Contents contents(const Node& module) const;
  const Names& bound(uint32_t file) const;
  const Foreign& foreign(const std::string& path) const;
  Presence attribute(uint32_t file, const Node& module, std::string_view name,
                     Visited& visited) const;
  /// Whether `source`, whose names `module` takes by `*`, has this one only by asking for it there.
  bool asks_back(uint32_t file, const Node& source, const Node& module,
                 std::string_view name) const;
  Presence through_star(uint32_t file, const Node& module, const Import& star,
                        std::string_view name, Visited& visited) const;
  bool may_be_set_elsewhere(uint32_t file, const Node& module, std::string_view name) const;
  bool neighbours_may_set(const Node& module, std::string_view name) const;
  const SetAttributes& set_attributes(const std::string& path) const;
  bool may_be_helped(uint32_t file, const Node& module, std::string_view own) const;

  const World& world_;
  /// By FileId: the names that the module binds, made when first asked for.
  mutable std::vector<std::atomic<const Names*>> bound_;
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<const Foreign>> foreign_;
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<const SetAttributes>> set_;
  const Holders holders_;
};

}  // namespace headwater::resolve
