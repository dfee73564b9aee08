#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scan/config/readers.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// Whether a module of this name reads configuration files as Hydra does.
bool reads_hydra_files(std::string_view module);
/// Whether who imports it may register configurations that are in no file.
bool may_add_hydra_files(std::string_view module);

/// One YAML file of a project that uses Hydra or OmegaConf.
struct HydraFile {
  std::string_view path;  // relative to the repository
  std::string package{};  // of its header `# @package x`; empty: by its folder
  bool has_package = false;
  std::vector<ConfigValue> documents{};
};

/// Nothing read: it is no YAML.
HydraFile read_hydra_file(std::string_view path, std::string_view text);

/// The configuration files of one project, as Hydra composes them (hydra.cc, "Defaults List"; the
/// keys of a group's file lie below the group's name). Composition itself is a matter of the
/// command line: an interpolation is known where all files agree on what it stands for.
class HydraTree {
 public:
  /// `files` by path. `folders`: those that have a configuration file. `is_closed`: no code adds
  /// configurations that are in no file.
  HydraTree(const std::vector<HydraFile>& files, const std::set<std::string, std::less<>>& folders,
            bool is_closed);

  /// The strings of one of the files.
  void add_strings(const HydraFile& file, std::vector<ConfigString>& out) const;

 private:
  struct Resolved {
    std::string text;
    std::string unknown_because;
  };

  std::string_view root_of(std::string_view path) const;
  std::string package_of(const HydraFile& file) const;
  void define(const HydraFile& file);
  /// By key: what the file itself gives it.
  using Texts = std::map<std::string, std::string, std::less<>>;
  struct Reading {
    const HydraFile& file;
    Texts own{};
    size_t steps = 0;  // interpolations that were followed
  };
  Resolved resolved(std::string_view text, Reading& reading, const std::string& key,
                    size_t depth) const;
  /// What all files agree on. The file's own text wins over those of its folder: of the options of
  /// a group one is taken.
  Resolved value_of(const std::string& key, const Reading& reading) const;
  void add_targets(const HydraFile& file, const ConfigValue& document,
                   std::vector<ConfigString>& out) const;
  void add_defaults(const HydraFile& file, const ConfigValue& document,
                    std::vector<ConfigString>& out) const;
  void add_default(const HydraFile& file, std::string_view group, const ConfigValue& option,
                   std::string key, std::vector<ConfigString>& out) const;

  const std::vector<HydraFile>& files_;
  const std::set<std::string, std::less<>>& folders_;
  bool is_closed_;
  std::set<std::string, std::less<>> paths_;
  std::set<std::string, std::less<>> roots_;  // folders of files with a `defaults` list
  /// By root, a NUL and the key: the texts that files give it, with their folders.
  std::map<std::string, std::set<std::pair<std::string, std::string_view>>> values_;
};

}  // namespace headwater::scan
