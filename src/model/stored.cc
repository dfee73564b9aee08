#include "model/stored.h"

#include <type_traits>

namespace headwater {
namespace {

/// Each member of a value, in the order in which it is kept: the same for writing and reading.
template <typename Value, typename Visit>
void visit_members(Value& of, Visit visit) {
  using T = std::remove_const_t<Value>;
  if constexpr (std::is_same_v<T, Error>) {
    visit(of.code), visit(of.path), visit(of.detail);
  } else if constexpr (std::is_same_v<T, SourceFile>) {
    visit(of.path), visit(of.size_bytes), visit(of.mtime_ns), visit(of.kind);
  } else if constexpr (std::is_same_v<T, ListedFolder>) {
    visit(of.path), visit(of.text);
  } else if constexpr (std::is_same_v<T, SourceTree>) {
    visit(of.root), visit(of.files), visit(of.folders), visit(of.environments);
    visit(of.dangling_links), visit(of.run_files), visit(of.configuration_files);
    visit(of.unread), visit(of.counts);
  } else if constexpr (std::is_same_v<T, Module>) {
    visit(of.name), visit(of.file), visit(of.kind), visit(of.origin), visit(of.file_id);
  } else if constexpr (std::is_same_v<T, Wanted>) {
    visit(of.module), visit(of.missing_prefix), visit(of.shadowed_by);
  } else if constexpr (std::is_same_v<T, ResolvedTree>) {
    visit(of.modules), visit(of.resolutions), visit(of.wanted), visit(of.module_name);
    visit(of.root), visit(of.strings);
  } else if constexpr (std::is_same_v<T, StringTarget>) {
    visit(of.state), visit(of.module), visit(of.file), visit(of.missing), visit(of.origin);
    visit(of.why);
  } else if constexpr (std::is_same_v<T, EntryFolder>) {
    visit(of.path), visit(of.why);
  } else if constexpr (std::is_same_v<T, EntryPath>) {
    visit(of.front), visit(of.back), visit(of.doubtful), visit(of.open_because);
    visit(of.no_root);
  } else if constexpr (std::is_same_v<T, WrittenFolder>) {
    visit(of.folder), visit(of.scope);
  } else if constexpr (std::is_same_v<T, EntryPaths>) {
    visit(of.paths), visit(of.of_file), visit(of.is_test), visit(of.python_path);
    visit(of.doubtful_everywhere), visit(of.notes);
  } else if constexpr (std::is_same_v<T, CycleRepair>) {
    visit(of.lines), visit(of.module), visit(of.target), visit(of.how);
  } else if constexpr (std::is_same_v<T, ImportCause>) {
    visit(of.kind), visit(of.module), visit(of.symbol), visit(of.at), visit(of.repair);
  } else if constexpr (std::is_same_v<T, ModuleOutcome>) {
    visit(of.module), visit(of.file), visit(of.state), visit(of.causes);
    visit(of.causes_complete), visit(of.chain);
  } else {
    static_assert(std::is_same_v<T, OutcomeTable>);
    visit(of.files), visit(of.causes), visit(of.outcomes), visit(of.cycle_repairs);
  }
}

}  // namespace

#define HEADWATER_STORED(T)                                            \
  void write_to(ByteWriter& to, const T& value) {                      \
    visit_members(value, [&](const auto& member) { to.put(member); }); \
  }                                                                    \
  void read_from(ByteReader& from, T& value) {                         \
    visit_members(value, [&](auto& member) { from.get(member); });     \
  }

HEADWATER_STORED(Error)
HEADWATER_STORED(SourceFile)
HEADWATER_STORED(ListedFolder)
HEADWATER_STORED(SourceTree)
HEADWATER_STORED(Module)
HEADWATER_STORED(Wanted)
HEADWATER_STORED(StringTarget)
HEADWATER_STORED(ResolvedTree)
HEADWATER_STORED(EntryFolder)
HEADWATER_STORED(EntryPath)
HEADWATER_STORED(WrittenFolder)
HEADWATER_STORED(EntryPaths)
HEADWATER_STORED(CycleRepair)
HEADWATER_STORED(ImportCause)
HEADWATER_STORED(ModuleOutcome)
HEADWATER_STORED(OutcomeTable)

#undef HEADWATER_STORED

}  // namespace headwater
