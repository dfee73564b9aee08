#include "findings/moved.h"

#include <fmt/format.h>

#include <algorithm>
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
  std::unordered_map<std::string_view, const std::string*> moves;  // by the name that is missing
  for (const Judgement& judged : judgements) {
    if (judged.moved_to.empty()) continue;
    const auto [known, is_new] = moves.try_emplace(judged.subject, &judged.moved_to);
    if (!is_new && (!known->second || *known->second != judged.moved_to)) known->second = nullptr;
  }
  for (Judgement& judged : judgements) {
    const bool is_missing = judged.finding.code == "HW101" || judged.finding.code == "HW102";
    if (!is_missing || judged.installed != UINT32_MAX || !judged.moved_to.empty()) continue;
    const auto move = moves.find(judged.subject);
    if (move == moves.end() || move->second == nullptr) continue;
    const Import& import = world.scanned.facts[judged.file].imports()[judged.statement];
    if (import.is_from) continue;
    describe_move(*move->second, true, judged);
    if (import.guards & (kGuardExcept | kGuardElse)) judged.finding.confidence = "guess";
  }
}

}  // namespace headwater::findings
