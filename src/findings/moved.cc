#include "findings/moved.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace headwater::findings {
namespace {

const Import& statement_of(const World& world, const Resolution& row) {
  return world.scanned.facts[index_of(row.file)].imports()[row.import];
}

/// Calls `test` with each name that a `from` statement asks for, until it says no.
template <typename Test>
bool all_names(const World& world, const Resolution& row, Test test) {
  const FileFacts& facts = world.scanned.facts[index_of(row.file)];
  const Import& import = statement_of(world, row);
  if (!import.is_from) return true;
  for (uint32_t i = 0; i < import.name_count; ++i) {
    if (!test(facts.name(facts.imported_names()[import.first_name + i].name))) return false;
  }
  return true;
}

/// Whether folders were only added to a dotted name, or only taken from it.
bool differ_by_folders_alone(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  const auto without_first = [](std::string_view dotted) {
    return dotted.substr(std::min(first_part(dotted).size() + 1, dotted.size()));
  };
  for (; !one.empty() && !other.empty(); other = without_first(other)) {
    if (first_part(one) == first_part(other)) one = without_first(one);
  }
  return one.empty();
}

/// What the statements of the repository say together of a module that is missing.
struct Move {
  std::string to;  // where the first of them says that it is
  std::set<std::string_view> names;
  bool is_contradicted = false;

  bool is_certain(const World& world, std::string_view missing) const {
    if (is_contradicted || names.empty()) return false;
    if (names.size() > 1) return true;
    return differ_by_folders_alone(missing, to) && is_only_one(world, last_part(missing));
  }

 private:
  static bool is_only_one(const World& world, std::string_view last) {
    return std::ranges::count_if(world.files_named(last), [&](uint32_t file) {
             return world.tree.files[file].kind == FileKind::kPython;
           }) == 1;
  }
};

/// Whether a module of the repository is missing.
bool lacks_module(const Judgement& judged) {
  const bool is_missing = judged.finding.code == "HW101" || judged.finding.code == "HW102";
  return is_missing && judged.installed == UINT32_MAX;
}

/// Whether the statement asks the missing module itself for names, each by its name.
bool asks_for_names(const World& world, const Judgement& judged) {
  if (!lacks_module(judged)) return false;
  const FileFacts& facts = world.scanned.facts[judged.file];
  const Import& import = facts.imports()[judged.statement];
  return import.is_from && judged.finding.module == judged.subject &&
         facts.name(facts.imported_names()[import.first_name].name) != "*";
}

using Moves = std::unordered_map<std::string, Move>;  // by the name that is missing

Moves gather_moves(const World& world, std::span<const Judgement> judgements) {
  Moves moves;
  for (const Judgement& judged : judgements) {
    if (!asks_for_names(world, judged)) continue;
    Move& move = moves[judged.subject];
    if (move.to.empty()) move.to = judged.moved_to;
    move.is_contradicted |= judged.moved_to.empty() || judged.moved_to != move.to;
    const FileFacts& facts = world.scanned.facts[judged.file];
    const Import& import = facts.imports()[judged.statement];
    for (uint32_t i = 0; i < import.name_count; ++i) {
      move.names.insert(facts.name(facts.imported_names()[import.first_name + i].name));
    }
  }
  return moves;
}

}  // namespace

std::vector<uint32_t> modules_that_would_do(const World& world, const Resolution& row,
                                            std::string_view missing) {
  std::vector<uint32_t> found;
  if (missing != world.resolved.module_asked(row)) {
    return found;  // a part of a longer name: what moved is not known
  }
  for (const uint32_t file : world.files_named(last_part(missing))) {
    // A stub, or a module that a package of its own name hides, has the name and does not serve it.
    const bool elsewhere = world.resolved.module_name[file] != missing;
    const bool importable = world.tree.files[file].kind == FileKind::kPython;
    const bool may_do = file != index_of(row.file) && elsewhere && importable;
    if (may_do && all_names(world, row, [&](std::string_view name) {
          return name == "*" || world.binds(file, name);
        })) {
      found.push_back(file);
    }
  }
  return found;
}

bool has_moved(const World& world, const Resolution& row, std::string_view missing,
               const Module* parent, uint32_t found) {
  if (parent == nullptr || !statement_of(world, row).is_from) return false;
  if (!all_names(world, row, [](std::string_view name) { return name != "*"; })) return false;
  // A namespace package has no file: what lies beside the statement is on its path.
  const uint32_t near = parent->file_id == UINT32_MAX ? index_of(row.file) : parent->file_id;
  return first_part(world.resolved.module_name[found]) == first_part(missing) &&
         world.resolved.root[found] == world.resolved.root[near];
}

void describe_move(const std::string& to, bool is_certain, Judgement& made) {
  made.finding.code = "HW102";
  made.finding.suggestion = fmt::format("{} to {}", is_certain ? "moved" : "may have moved", to);
  made.finding.confidence = is_certain ? "certain" : "guess";
  made.moved_to = is_certain ? to : "";
}

void settle_moves(const World& world, std::span<Judgement> judgements) {
  const Moves moves = gather_moves(world, judgements);
  for (Judgement& judged : judgements) {
    if (!lacks_module(judged)) continue;
    const auto move = moves.find(judged.subject);
    const bool is_certain = move != moves.end() && move->second.is_certain(world, judged.subject);
    if (!judged.moved_to.empty()) {
      if (!is_certain) describe_move(std::string(judged.moved_to), false, judged);
      continue;
    }
    const Import& import = world.scanned.facts[judged.file].imports()[judged.statement];
    if (!is_certain || import.is_from) continue;
    describe_move(move->second.to, true, judged);
    if (import.guards & (kGuardExcept | kGuardElse)) judged.finding.confidence = "guess";
  }
}

}  // namespace headwater::findings
