#pragma once

#include <optional>
#include <vector>

#include "model/resolution.h"
#include "resolve/file_resolver.h"
#include "resolve/trace.h"

namespace headwater::resolve {

/// A module of which names are missing, by its node.
struct SuspectModule {
  uint32_t serial = UINT32_MAX;
  std::vector<ResolveTrace::Missing> missing{};  // by name
  std::vector<uint32_t> asked{};                 // as ResolveTrace::Suspect has it
};

/// Symbols that code beside the statements of their module may bind are not shown to be missing:
/// their rows become kUnshown. Such code is a function that the module calls, or a file that does
/// `import m; m.X = ...`, of which it is not known whether it has run by then. Reads the texts of
/// the few files that import a module of which a symbol is missing. Gives these modules, in no
/// order.
std::vector<SuspectModule> withdraw_names_set_from_outside(const World& world,
                                                           std::vector<FileRows>& rows);

/// The same for the files `redone`, whose rows these are, by what is known of all: `suspects` are
/// of `modules`. `changed`: files of other contents than then; both ascending. False if rows of
/// other files may have to be withdrawn now, or to come back.
bool withdraw_again(const World& world, const std::vector<ResolveTrace::Suspect>& suspects,
                    const std::vector<Module>& modules, const std::vector<uint32_t>& changed,
                    const std::vector<uint32_t>& redone, std::vector<FileRows>& rows);

}  // namespace headwater::resolve
