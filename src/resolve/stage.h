#pragma once

#include "base/noted_reads.h"
#include "resolve/asked_files.h"
#include "resolve/canonical_names.h"
#include "resolve/contexts.h"
#include "resolve/finder.h"
#include "resolve/folder_cache.h"
#include "resolve/resolve.h"
#include "resolve/start_up.h"
#include "resolve/symbols.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// The stage while it works: what is made of its inputs once. They outlive it; it stays where it
/// is.
class Stage {
 public:
  /// `is_traced`: who has asked for what is noted.
  Stage(const FileSystem& files, const SourceTree& tree, const ScannedTree& scanned,
        const ProjectLayout& layout, const EntryPaths& entries,
        const PythonEnvironment& environment, const ResolveOptions& options,
        CanonicalNames canonical, bool is_traced);
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  CanonicalNames names;
  const FileIds ids;
  const AskedFiles asked;
  const NotedReads read_files;
  const FolderCache folders;
  const Finder finder;
  const StartUp start_up;
  Contexts contexts;
  World world;
  const Symbols symbols;
};

Module module_of(const Node& node);

}  // namespace headwater::resolve
