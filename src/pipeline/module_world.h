#pragma once

#include <tbb/concurrent_hash_map.h>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include "attribute/simulation/module_source.h"
#include "base/file_system.h"
#include "model/distribution_index.h"
#include "model/file_facts.h"
#include "model/library_names.h"
#include "model/python_environment.h"
#include "resolve/finder.h"
#include "resolve/folder_cache.h"
#include "resolve/start_up.h"

namespace headwater::pipeline {

/// Whether a top-level module that is nowhere may be there all the same: the environment does not
/// tell what is installed.
bool may_be_installed(const PythonEnvironment& environment, std::string_view name);

/// The world of the import simulation: modules as the finder finds them on the disk, parsed when
/// they are first needed. Thread safe.
class ModuleWorld final : public attribute::ModuleSource {
 public:
  /// What is not found, where the environment does not tell what is installed.
  enum class Unfound : uint8_t { kIsMissing, kMayBeInstalled };

  /// `roots`: absolute, in search order. `run_only`: the files whose code is run; nullptr: all.
  /// `in_doubt`: files whose import may fail for what is not read; nullptr: none. All arguments
  /// outlive the world.
  ModuleWorld(const FileSystem& files, const std::vector<std::string>& roots,
              const PythonEnvironment& environment, bool standard_library_first, Unfound unfound,
              const std::unordered_set<std::string>* run_only = nullptr,
              const std::unordered_set<std::string>* in_doubt = nullptr);
  ~ModuleWorld() override;

  const attribute::FoundModule* find_top(std::string_view name) const override;
  const attribute::FoundModule* find_in(const attribute::FoundModule& parent,
                                        std::string_view last) const override;
  const attribute::ParsedModule& parse(const attribute::FoundModule& module) const override;
  const attribute::OpaqueNames& opaque_names(const attribute::FoundModule& module) const override;
  bool library_lacks(const attribute::FoundModule& module, std::string_view name) const override;
  std::vector<std::string> loaded_on_demand(const attribute::FoundModule& module,
                                            std::string_view name) const override;
  bool is_lost(std::string_view dotted) const override;
  attribute::DistributionState distribution(std::string_view normalized_name) const override;
  bool is_startup(std::string_view name) const override;
  bool may_be_loaded_at_start(std::string_view name) const override;
  bool library_is_shadowed() const override { return library_is_shadowed_; }
  PythonVersion version() const override { return environment_.version; }
  std::string_view platform() const override { return platform_; }

  /// The same world with some of its roots, in their order, before the others. Not thread safe;
  /// lives as long as the world.
  const attribute::ModuleSource& seen_from(const std::vector<std::string>& first_roots);

 private:
  class View;
  /// What the simulation sees of a finder's node, with the way back to it.
  struct Known : attribute::FoundModule {
    const resolve::Node* node = nullptr;
  };

  const attribute::FoundModule* find_top(const resolve::SearchContext& context,
                                         std::string_view name) const;
  const attribute::FoundModule* known(const resolve::Node& node) const;
  bool may_be_installed(const resolve::Node& node) const;
  /// A module that is there, for all that one knows: nothing is known of it.
  const attribute::FoundModule* unseen(std::string_view dotted, ModuleOrigin origin) const;
  bool is_of_table_alone(const resolve::Node& node) const;
  bool is_certainly_absent(const resolve::Node& node) const;
  std::unique_ptr<attribute::OpaqueNames> read_names(const attribute::FoundModule& module) const;
  /// What the tables say of the names of a library module, and what its source says.
  void add_listed(const LibraryModuleNames& listed, attribute::OpaqueNames& names) const;
  void add_written(const FileFacts& facts, bool is_listed, attribute::OpaqueNames& names) const;
  /// PEP 503 names of the distributions whose metadata lie in the roots, as builds leave them
  /// there.
  std::unordered_set<std::string> read_distributions_beside() const;
  bool find_shadowing(const std::vector<std::string>& roots, bool standard_library_first) const;

  const FileSystem& files_;
  const PythonEnvironment& environment_;
  resolve::FolderCache folders_;
  resolve::FileIds no_file_ids_;
  resolve::Finder finder_;
  const resolve::StartUp start_up_;
  resolve::SearchContext context_;
  std::vector<std::unique_ptr<View>> views_;
  const DistributionIndex installed_;
  std::string platform_;
  const std::vector<std::string> roots_;
  mutable std::once_flag beside_is_read_;
  mutable std::unordered_set<std::string> beside_;
  const Unfound unfound_;
  const std::unordered_set<std::string>* const run_only_;
  const std::unordered_set<std::string>* const in_doubt_;
  bool library_is_shadowed_ = false;
  mutable tbb::concurrent_hash_map<const resolve::Node*, std::unique_ptr<Known>> known_;
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<Known>> unseen_;
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<attribute::ParsedModule>> parsed_;
  mutable tbb::concurrent_hash_map<const attribute::FoundModule*,
                                   std::unique_ptr<attribute::OpaqueNames>>
      names_;
  mutable tbb::concurrent_hash_map<std::string, std::vector<std::string>> on_demand_;
};

}  // namespace headwater::pipeline
