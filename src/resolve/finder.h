#pragma once

#include <tbb/concurrent_unordered_map.h>
#include <tbb/concurrent_unordered_set.h>
#include <tbb/concurrent_vector.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/python_environment.h"
#include "model/resolution.h"
#include "model/source_tree.h"
#include "resolve/folder_cache.h"

namespace headwater::resolve {

enum class NodeState : uint8_t { kFound, kTable, kMissing };  // kTable: standard library, no file

/// What the finder knows of one dotted name, seen from one parent.
struct Node {
  std::string name;  // dotted
  std::string file;  // absolute; empty for namespace packages, table modules and missing ones
  NodeState state = NodeState::kMissing;
  ModuleKind kind = ModuleKind::kSource;
  ModuleOrigin origin = ModuleOrigin::kFirstParty;
  uint32_t file_id = UINT32_MAX;
  uint32_t serial = UINT32_MAX;           // into Finder::nodes(): differs from run to run
  bool is_package = false;                // has a `__path__`
  std::vector<const Folder*> portions{};  // its `__path__`
};

/// A folder on the search path.
struct SearchEntry {
  std::string path;  // absolute
  ModuleOrigin origin;
};

/// Roots, standard library and installed packages in search order, each folder once. The roots come
/// in the order given.
std::vector<SearchEntry> search_entries(const std::vector<std::string>& root_folders,
                                        const PythonEnvironment& environment,
                                        bool standard_library_first);

/// The search path of some files: the common one with their own folders brought to the front.
struct SearchContext {
  /// Into the search path, all of origin kFirstParty: the file's own root, those of its project and
  /// of the projects that this one needs. Empty: the common order.
  std::vector<uint32_t> first_entries{};
  /// Before everything else but unshadowable names: what its entry puts there.
  std::vector<const Folder*> front_folders{};
  /// After everything else, so that they never hide what is found without them. Those around a
  /// module that lies in no regular package are among them, from its own up to its root: whoever
  /// runs it (pytest, a launcher) may have put one of them on the path.
  std::vector<const Folder*> last_folders{};
  /// The same path with one more folder, before or after all others, for each that may or may not
  /// be on it: what only one of these leads to is unknown.
  std::vector<SearchContext> doubtful{};
  uint32_t excluded_entry = UINT32_MAX;  // of the search path
  bool is_open = false;                  // what is not found is unknown
};

/// Where a dotted name leads. `node` is the last part, or the first one that is missing.
struct Lookup {
  const Node* node;
  const Node* parent;  // the part before `node`; nullptr for a top-level name
};

/// The sources of a tree by their absolute paths, stubs and notebooks among them. Looks into the
/// tree, which must outlive it.
class FileIds {
 public:
  FileIds() = default;
  explicit FileIds(const SourceTree& tree);

  /// UINT32_MAX: not of the tree.
  uint32_t find(std::string_view path) const;
  size_t size() const { return by_path_.size(); }

 private:
  std::string_view root_;
  std::unordered_map<std::string_view, uint32_t> by_path_;  // relative to the root
};

/// CPython's path finder over folders on the disk: rules 1 to 5. Thread safe, and memoised; what
/// it gives lives as long as the finder.
class Finder {
 public:
  /// `search_path` in search order; the entries with origin kFirstParty stand together. `mapped`:
  /// first-party packages that are called otherwise than their folders.
  Finder(const FolderCache& folders, std::vector<SearchEntry> search_path,
         std::vector<EditableModule> mapped, const PythonEnvironment& environment,
         const FileIds& file_ids);

  Lookup find(const SearchContext& context, std::string_view dotted) const;
  const Node& top_level(const SearchContext& context, std::string_view name) const;
  const Node& submodule(const Node& parent, std::string_view name) const;
  /// The node of a file of known name, the same that find() would give for it.
  const Node& of_file(std::string name, std::string file, ModuleKind kind, uint32_t file_id) const;
  /// Every node so far, by serial.
  size_t node_count() const { return nodes_.size(); }
  const Node& node(uint32_t serial) const { return nodes_[serial]; }
  /// Whether some entry of the search path has `name` as one of `kinds`.
  bool any_entry_has(std::string_view name, EntryFlags kinds) const;
  const std::vector<SearchEntry>& search_path() const { return search_path_; }

 private:
  struct Key {
    const void* scope;  // a SearchContext or the parent's Node
    std::string_view name;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const {
      // Pointers differ in their middle bits only, and tables take the low ones.
      const size_t mixed =
          (std::hash<std::string_view>()(key.name) + reinterpret_cast<size_t>(key.scope)) *
          0x9E3779B97F4A7C15ull;
      return mixed ^ (mixed >> 32);
    }
  };
  /// Name and file; where there is no file, the folders instead.
  struct IdentityHash {
    size_t operator()(const Node* node) const {
      const std::hash<std::string_view> hash;
      return (hash(node->name) * 0x9E3779B97F4A7C15ull) ^ hash(node->file);
    }
  };
  struct SameIdentity {
    bool operator()(const Node* a, const Node* b) const {
      if (a->name != b->name || a->file != b->file) return false;
      if (!a->file.empty()) return true;
      const bool same_state = (a->state == NodeState::kTable) == (b->state == NodeState::kTable);
      return same_state && a->portions == b->portions;
    }
  };
  struct Search;

  void index_search_path();
  /// The parts of `dotted` after its first, which `top` is.
  Lookup follow(const Node& top, std::string_view dotted) const;
  bool is_unshadowable(std::string_view dotted) const;
  const Node& find_top_level(const SearchContext& context, const std::string& name) const;
  const Node& find_unshadowable(const std::string& name) const;
  const Node& find_submodule(const Node& parent, std::string_view name) const;
  /// Rule 3 in one folder: true when a package or module is there; portions are gathered.
  bool look_in(const Folder& folder, std::string_view last, ModuleOrigin origin,
               Search& search) const;
  /// Among `modules`, which stand outside of the search path.
  const Node* find_outside(const std::vector<EditableModule>& modules, ModuleOrigin origin,
                           const std::string& dotted) const;
  /// What a search through the folders has not found as a package or module.
  const Node& finish_outside(Search& search, bool has_path) const;
  std::vector<uint32_t> entries_with(const SearchContext& context, std::string_view name) const;
  const Node& keep(Node node) const;
  const Node& intern(Node node) const;
  const Node& finish(Search& search) const;
  const Node& table(std::string name) const;
  const Node& missing(std::string name) const;

  const FolderCache& folders_;
  std::vector<SearchEntry> search_path_;
  std::vector<EditableModule> mapped_;
  const PythonEnvironment& environment_;
  const FileIds& file_ids_;
  /// Top-level name to the entries that have it, ascending: 300 roots are not probed one by one.
  std::unordered_map<std::string, std::vector<uint32_t>, NameHash, std::equal_to<>> index_;
  std::vector<const Folder*> entry_folders_;
  mutable tbb::concurrent_unordered_map<Key, const Node*, KeyHash> memo_;
  mutable tbb::concurrent_unordered_set<const Node*, IdentityHash, SameIdentity> by_identity_;
  mutable tbb::concurrent_vector<Node> nodes_;
};

}  // namespace headwater::resolve
