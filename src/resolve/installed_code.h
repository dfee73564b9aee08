#pragma once

#include <vector>

#include "resolve/file_resolver.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// An installed module that first-party imports reach at import time.
struct InstalledModule {
  const Node* node = nullptr;
  FileFacts facts{};
  FileRows rows{};  // of what runs at import time; `file` is the module's place in the list
  bool is_in_doubt = false;  // as InstalledCode has it
};

/// Whether reach_installed() would look at what is installed.
bool reaches_installed(const World& world);

/// Scans installed modules on demand, wave by wave and in parallel: those that statements of
/// `first_party` import when their modules are imported, then those that these import. In order of
/// name and file. Nothing where no requirement is absent and no distribution damaged: what is
/// installed and whole is taken to work.
std::vector<InstalledModule> reach_installed(const World& world, const SearchContext& context,
                                             const std::vector<FileRows>& first_party);

}  // namespace headwater::resolve
