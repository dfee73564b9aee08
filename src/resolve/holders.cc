#include "resolve/holders.h"

#include <algorithm>

namespace headwater::resolve {
namespace {

/// Where the first part of `dotted` from `at` on that is `word` ends; npos: there is none.
size_t part_end(std::string_view dotted, std::string_view word, size_t at) {
  while (at < dotted.size()) {
    const size_t end = std::min(dotted.find('.', at), dotted.size());
    if (dotted.substr(at, end - at) == word) return end;
    at = end + 1;
  }
  return std::string_view::npos;
}

constexpr std::string_view kStar = "*";
constexpr std::string_view kSys = "sys";

std::string_view top_of(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

/// A module of several names has one file; a namespace package has none.
const std::string& identity(const Node& module) {
  return module.file.empty() ? module.name : module.file;
}

bool names(const FileFacts& facts, const Import& import, std::string_view word) {
  return std::ranges::any_of(facts.imported_names().subspan(import.first_name, import.name_count),
                             [&](const ImportedName& one) { return facts.name(one.name) == word; });
}

/// `import_module("a.word")`.
bool asks_by_name(const FileFacts& facts, std::string_view word) {
  return std::ranges::any_of(facts.string_references(), [&](const StringReference& one) {
    return part_end(facts.name(one.module), word, 0) != std::string_view::npos;
  });
}

}  // namespace

bool imports_word(const FileFacts& facts, std::string_view word) {
  return asks_by_name(facts, word) ||
         std::ranges::any_of(facts.imports(), [&](const Import& import) {
           return part_end(facts.name(import.module), word, 0) != std::string_view::npos ||
                  names(facts, import, word);
         });
}

const Holders::Files& Holders::of(const Node& module) const {
  const std::string_view name = module.name;
  const std::string_view last = name.substr(name.rfind('.') + 1);
  // What may_hold() goes by, in what a file imports.
  for (const std::string_view word : {last, top_of(name), kStar, kSys}) {
    world_.asked.note_importers(word);
  }
  // A module may be asked for by several names.
  return kept(by_module_, module.name + '\0' + module.file,
              [&](uint32_t file) { return may_hold(file, module, last); });
}

const Holders::Files& Holders::of_name(std::string_view name) const {
  world_.asked.note_importers(name);
  return kept(by_name_, std::string(name), [&](uint32_t file) {
    const FileFacts& facts = world_.scanned.facts[file];
    return std::ranges::any_of(facts.imports(), [&](const Import& import) {
      return import.is_from && names(facts, import, name);
    });
  });
}

template <typename Holds>
const Holders::Files& Holders::kept(Kept& kept, const std::string& key, Holds holds) const {
  Kept::accessor entry;
  if (kept.insert(entry, key)) {
    auto files = std::make_unique<Files>();
    for (uint32_t file = 0; file < world_.scanned.facts.size(); ++file) {
      if (holds(file)) files->push_back(file);
    }
    entry->second = std::move(files);
  }
  return *entry->second;
}

bool Holders::may_hold(uint32_t file, const Node& module, std::string_view last) const {
  const FileFacts& facts = world_.scanned.facts[file];
  if ((facts.dynamic_markers & kDynamicSysModules) != 0 || asks_by_name(facts, last)) return true;
  const auto may_lead = [&](std::string_view dotted) {
    const Node& found = *world_.find(file, dotted).node;
    return found.state == NodeState::kMissing || identity(found) == identity(module);
  };
  const std::string_view top = top_of(module.name);
  return std::ranges::any_of(facts.imports(), [&](const Import& import) {
    const std::string_view dotted = facts.name(import.module);
    if (!import.is_from) {
      if (top_of(dotted) == top) return true;
      for (size_t end = part_end(dotted, last, 0); end != std::string_view::npos;
           end = part_end(dotted, last, end + 1)) {
        if (may_lead(dotted.substr(0, end))) return true;
      }
      return false;
    }
    if (names(facts, import, kStar)) return import.level > 0 || top_of(dotted) == top;
    if (!names(facts, import, last)) return false;
    std::string storage;
    const AbsoluteName package = world_.absolute_name(file, import, storage);
    return package.state != AbsoluteName::State::kFormed ||
           may_lead(std::string(package.dotted) + '.' + std::string(last));
  });
}

}  // namespace headwater::resolve
