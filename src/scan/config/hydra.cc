#include "scan/config/hydra.h"

#include <algorithm>
#include <array>

#include "base/paths.h"
#include "base/text.h"
#include "scan/config/walk.h"
#include "scan/config/yaml.h"

namespace headwater::scan {
namespace {

/// Interpolations of interpolations that are followed.
constexpr size_t kMostInterpolations = 8;
/// Interpolations of one text, those in what they stand for included.
constexpr size_t kMostSteps = 100;

const ConfigValue* defaults_of(const ConfigValue& document) {
  const ConfigValue* const found = document.find("defaults");
  return found != nullptr && found->is_list() ? found : nullptr;
}

/// The header that says below which key the file's keys lie.
void read_package(std::string_view text, HydraFile& file) {
  constexpr std::string_view kHeader = "@package";
  for (std::string_view line : split_lines(text.substr(0, 4096))) {
    line = trimmed(line);
    if (line.empty()) continue;
    if (!line.starts_with('#')) return;
    line = trimmed(line.substr(1));
    if (!line.starts_with(kHeader)) continue;
    const std::string_view name = trimmed(line.substr(kHeader.size()));
    file.has_package = name != "_group_";
    file.package = name == "_global_" || name == "_group_" ? "" : name;
    return;
  }
}

bool is_null(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::string joined_key(std::string_view package, std::string_view key) {
  std::string all(package);
  if (!all.empty() && !key.empty()) all += '.';
  return all.append(key);
}

/// Without the last part; empty where there is none.
std::string_view parent_key(std::string_view key) {
  const size_t dot = key.find_last_of(".[");
  return dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
}

}  // namespace

bool reads_hydra_files(std::string_view module) {
  constexpr std::array<std::string_view, 4> kModules = {"hydra", "omegaconf", "hydra_zen",
                                                        "hydra_plugins"};
  return std::ranges::find(kModules, module.substr(0, module.find('.'))) != kModules.end();
}

bool may_add_hydra_files(std::string_view module) {
  return module == "hydra.core" || module == "hydra.core.config_store" ||
         module.starts_with("hydra_zen") || module.starts_with("hydra_plugins") ||
         module.starts_with("hydra.plugins");
}

HydraFile read_hydra_file(std::string_view path, std::string_view text) {
  HydraFile file{path};
  // A file without such keys may define what others refer to.
  if (auto documents = parse_yaml(text)) file.documents = std::move(*documents);
  read_package(text, file);
  return file;
}

HydraTree::HydraTree(const std::vector<HydraFile>& files,
                     const std::set<std::string, std::less<>>& folders, bool is_closed)
    : files_(files), folders_(folders), is_closed_(is_closed) {
  for (const HydraFile& file : files_) {
    paths_.emplace(file.path);
    for (const ConfigValue& document : file.documents) {
      if (defaults_of(document) != nullptr) roots_.emplace(parent_path(file.path));
    }
  }
  for (const HydraFile& file : files_) define(file);
}

/// The highest folder around with a `defaults` list, else the file's own.
std::string_view HydraTree::root_of(std::string_view path) const {
  std::string_view root = parent_path(path);
  for (std::string_view folder = root; !folder.empty(); folder = parent_path(folder)) {
    if (roots_.contains(folder)) root = folder;
  }
  return root;
}

std::string HydraTree::package_of(const HydraFile& file) const {
  if (file.has_package) return file.package;
  std::string package(relative_path(parent_path(file.path), root_of(file.path)));
  std::ranges::replace(package, '/', '.');
  return package;
}

void HydraTree::define(const HydraFile& file) {
  const std::string prefix = std::string(root_of(file.path)) + '\0';
  const std::string package = package_of(file);
  for (const ConfigValue& document : file.documents) {
    for_each_text(
        document, [&](const ConfigValue& value, std::string_view, const std::string& path) {
          values_[prefix + joined_key(package, path)].emplace(value.text, parent_path(file.path));
        });
  }
}

HydraTree::Resolved HydraTree::value_of(const std::string& key, const Reading& reading) const {
  const std::string_view root = root_of(reading.file.path);
  const auto own = reading.own.find(key);
  const auto found = values_.find(std::string(root) + '\0' + key);
  const bool is_own = own != reading.own.end();
  if (!is_own && found == values_.end()) {
    return {{}, "no file of " + std::string(root.empty() ? "." : root) + " gives " + key};
  }
  const std::string& value = is_own ? own->second : found->second.begin()->first;
  const auto differs = [&](const auto& other) {
    return other.first != value && !(is_own && other.second == parent_path(reading.file.path));
  };
  if (found != values_.end() && std::ranges::any_of(found->second, differs)) {
    return {{}, "files give " + key + " different values"};
  }
  return {value, {}};
}

HydraTree::Resolved HydraTree::resolved(std::string_view text, Reading& reading,
                                        const std::string& key, size_t depth) const {
  Resolved out;
  size_t at = 0;
  for (size_t open = text.find("${"); open != std::string_view::npos; open = text.find("${", at)) {
    const size_t close = text.find('}', open);
    const std::string_view inside =
        text.substr(open + 2, close == std::string_view::npos ? close : close - open - 2);
    if (close == std::string_view::npos || inside.find("${") != std::string_view::npos ||
        inside.find(':') != std::string_view::npos || depth == kMostInterpolations ||
        ++reading.steps > kMostSteps) {
      return {{}, "only running it tells what ${" + std::string(inside) + "} is"};
    }
    std::string_view asked = inside;
    std::string_view around = "";
    if (asked.starts_with('.')) {
      around = key;
      for (; asked.starts_with('.'); asked.remove_prefix(1)) around = parent_key(around);
    }
    const std::string wanted = joined_key(around, asked);
    Resolved inner = value_of(wanted, reading);
    if (inner.unknown_because.empty()) inner = resolved(inner.text, reading, wanted, depth + 1);
    if (!inner.unknown_because.empty()) return inner;
    out.text.append(text.substr(at, open - at)).append(inner.text);
    at = close + 1;
  }
  out.text.append(text.substr(at));
  return out;
}

void HydraTree::add_strings(const HydraFile& file, std::vector<ConfigString>& out) const {
  for (const ConfigValue& document : file.documents) {
    add_targets(file, document, out);
    add_defaults(file, document, out);
  }
}

void HydraTree::add_targets(const HydraFile& file, const ConfigValue& document,
                            std::vector<ConfigString>& out) const {
  const std::string package = package_of(file);
  Reading reading{file};
  for_each_text(document, [&](const ConfigValue& value, std::string_view, const std::string& path) {
    reading.own.emplace(joined_key(package, path), value.text);
  });
  for_each_text(
      document, [&](const ConfigValue& value, std::string_view key, const std::string& path) {
        if (key != "_target_" || value.text == "???") return;
        ConfigString made{value.line, value.column, path, value.text, "hydra", NameUse::kObject};
        reading.steps = 0;
        Resolved name = resolved(value.text, reading, joined_key(package, path), 0);
        made.unknown_because = std::move(name.unknown_because);
        if (made.unknown_because.empty()) {
          if (!is_dotted_name(name.text)) return;
          made.name = std::move(name.text);
        }
        out.push_back(std::move(made));
      });
}

void HydraTree::add_defaults(const HydraFile& file, const ConfigValue& document,
                             std::vector<ConfigString>& out) const {
  const ConfigValue* const list = defaults_of(document);
  // Folders of tools are no configuration of Hydra's.
  const bool is_hidden = file.path.starts_with('.') || file.path.find("/.") != std::string::npos;
  if (list == nullptr || !is_closed_ || is_hidden) return;
  for (size_t i = 0; i < list->items.size(); ++i) {
    const ConfigValue& item = list->items[i];
    const std::string key = "defaults[" + std::to_string(i) + ']';
    if (item.is_text()) add_default(file, "", item, key, out);
    for (size_t k = 0; k < item.keys.size(); ++k) {
      const ConfigValue& option = item.items[k];
      const std::string of_group = key + '.' + item.keys[k];
      if (option.is_text()) add_default(file, item.keys[k], option, of_group, out);
      for (const ConfigValue& one : option.items) {
        if (one.is_text()) add_default(file, item.keys[k], one, of_group, out);
      }
    }
  }
}

/// `group`: as the key is written, `override /model@net`; empty: the option names a file of its own
/// folder, or a path.
void HydraTree::add_default(const HydraFile& file, std::string_view group,
                            const ConfigValue& option, std::string key,
                            std::vector<ConfigString>& out) const {
  const bool is_open = option.text.empty() || option.text == "_self_" || is_null(option.text) ||
                       option.text == "???" || is_template(option.text) || is_template(group);
  if (is_open) return;
  std::string written(group.empty() ? std::string_view(option.text) : group);
  for (const std::string_view word : {"override ", "optional "}) {
    if (!written.starts_with(word)) continue;
    if (word == "optional ") return;
    written = trimmed(std::string_view(written).substr(word.size()));
  }
  if (written.starts_with("optional ")) return;
  written.resize(std::min(written.find('@'), written.size()));
  if (!group.empty()) written += '/' + option.text;
  const bool is_absolute = written.starts_with('/');
  if (is_absolute) written.erase(0, 1);
  if (written.starts_with("hydra/")) return;
  if (written.ends_with(".yaml")) written.resize(written.size() - 5);
  // The folder of the group tells that it is a group of files.
  std::string_view folder = parent_path(file.path);
  const auto has_group = [&] {
    return folders_.contains(parent_path(normalize_path(join_path(folder, written))));
  };
  if (is_absolute) {
    // Of the configuration's own folder, which is the highest with a list, or above it.
    folder = root_of(file.path);
    const auto has_file = [&] {
      const std::string path = normalize_path(join_path(folder, written));
      return paths_.contains(path + ".yaml") || paths_.contains(path + ".yml");
    };
    while (!folder.empty() && !has_file()) folder = parent_path(folder);
    if (!has_file()) folder = root_of(file.path);
  }
  if (!has_group()) return;
  const std::string path = normalize_path(join_path(folder, written));
  const bool is_yml = !paths_.contains(path + ".yaml") && paths_.contains(path + ".yml");
  out.push_back({option.line, option.column, std::move(key), path + (is_yml ? ".yml" : ".yaml"),
                 "hydra defaults", NameUse::kPath});
}

}  // namespace headwater::scan
