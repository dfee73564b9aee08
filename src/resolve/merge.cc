#include "resolve/merge.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace headwater::resolve {
namespace {

/// What tells two modules apart, in the order of the table.
std::tuple<std::string_view, std::string_view, ModuleKind> identity(const Module& module) {
  return {module.name, module.file, module.kind};
}

using Numbers = std::vector<uint32_t>;  // of a part's modules, in the merged table

std::vector<Numbers> merge_modules(const std::vector<ResolvedTree>& parts,
                                   std::vector<Module>& out) {
  std::map<std::tuple<std::string_view, std::string_view, ModuleKind>, const Module*> all;
  for (const ResolvedTree& part : parts) {
    for (const Module& module : part.modules) all.emplace(identity(module), &module);
  }
  out.reserve(all.size());
  for (const auto& [key, module] : all) out.push_back(*module);
  std::vector<Numbers> numbers;
  for (const ResolvedTree& part : parts) {
    Numbers& of_part = numbers.emplace_back();
    for (const Module& module : part.modules) {
      const auto found = std::ranges::lower_bound(out, identity(module), {}, identity);
      of_part.push_back(static_cast<uint32_t>(found - out.begin()));
    }
  }
  return numbers;
}

/// A part's row as the merged tree has it; what it wanted comes along.
Resolution moved(Resolution row, ResolvedTree& part, const Numbers& numbers, ResolvedTree& out) {
  if (row.target != UINT32_MAX) row.target = numbers[row.target];
  if (row.wanted != UINT32_MAX) {
    out.wanted.push_back(std::move(part.wanted[row.wanted]));
    row.wanted = static_cast<uint32_t>(out.wanted.size() - 1);
  }
  return row;
}

void merge_rows(std::vector<ResolvedTree>& parts, const std::vector<Numbers>& numbers,
                const std::vector<uint32_t>& of_file, ResolvedTree& out) {
  std::vector<size_t> next(parts.size());
  for (uint32_t file = 0; file < of_file.size(); ++file) {
    const uint32_t number = of_file[file];
    const std::vector<Resolution>& rows = parts[number].resolutions;
    for (size_t& at = next[number]; at < rows.size() && index_of(rows[at].file) == file; ++at) {
      out.resolutions.push_back(moved(rows[at], parts[number], numbers[number], out));
    }
  }
}

/// By name and file. What two environments share, such as the packages of a common base, is told
/// once, as the first of them sees it.
void merge_installed(std::vector<ResolvedTree>& parts, const std::vector<Numbers>& numbers,
                     ResolvedTree& out) {
  struct Place {
    uint32_t module;
    uint32_t part;
    uint32_t index;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> places;
  for (uint32_t part = 0; part < parts.size(); ++part) {
    for (uint32_t i = 0; i < parts[part].installed.size(); ++i) {
      places.push_back({numbers[part][parts[part].installed[i].module], part, i});
    }
  }
  std::ranges::sort(places);
  const auto shared = std::ranges::unique(places, {}, &Place::module);
  places.erase(shared.begin(), shared.end());
  for (const Place& place : places) {
    ResolvedTree& part = parts[place.part];
    InstalledCode code = std::move(part.installed[place.index]);
    const uint32_t first = code.first_row;
    code.module = place.module;
    code.environment = place.part;
    code.first_row = static_cast<uint32_t>(out.installed_rows.size());
    for (uint32_t row = first; row < first + code.row_count; ++row) {
      Resolution made = moved(part.installed_rows[row], part, numbers[place.part], out);
      made.file = FileId{static_cast<uint32_t>(out.installed.size())};
      out.installed_rows.push_back(made);
    }
    out.installed.push_back(std::move(code));
  }
}

}  // namespace

ResolvedTree merged(std::vector<ResolvedTree> parts, const std::vector<uint32_t>& of_file) {
  ResolvedTree out;
  const std::vector<Numbers> numbers = merge_modules(parts, out.modules);
  merge_rows(parts, numbers, of_file, out);
  merge_installed(parts, numbers, out);
  out.module_name = std::move(parts.front().module_name);
  out.root = std::move(parts.front().root);
  return out;
}

}  // namespace headwater::resolve
