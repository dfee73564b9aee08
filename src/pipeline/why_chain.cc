#include "pipeline/why_chain.h"

#include <algorithm>

#include "pipeline/subjects.h"

namespace headwater::pipeline {
namespace {

/// Whether what fails there is an import, but no statement: import_module().
bool is_by_name(const FileFacts& facts, const Place& site) {
  return site.cell == 0 && !facts.string_references().empty() &&
         std::ranges::find(facts.imports(), site.line, &Import::line) == facts.imports().end();
}

/// What is no import, a file that does not compile or code that raises, has a line of its own.
void end_at_site(const Attributed& audit, const Cause& cause, std::vector<WhyStep>& chain) {
  if (cause.sites.empty()) return;
  const Place& site = cause.sites.front();
  const auto& files = audit.made.tree.files;
  const auto file = std::ranges::lower_bound(files, site.file, {}, &SourceFile::path);
  const bool is_there = file != files.end() && file->path == site.file;
  const auto number = static_cast<size_t>(file - files.begin());
  const bool is_import = !cause.code.starts_with("HW3") && cause.code != "HW131" &&
                         !(is_there && is_by_name(audit.made.scanned.facts[number], site));
  if (is_import) return;
  if (!chain.empty() && chain.back().place.line == 0) chain.pop_back();
  chain.push_back({site, cause.title, is_there ? audit.made.resolved.module_name[number] : ""});
}

}  // namespace

void add_way_to(const FileSystem& files, const Attributed& audit, uint32_t node, uint32_t cause,
                std::vector<WhyStep>& chain) {
  for (const ChainStep& step : witness_chain(audit.graph, audit.attribution, audit.direct.failures,
                                             audit.direct.known, node, cause)) {
    chain.push_back(step_of(files, audit, step));
  }
  end_at_site(audit, audit.direct.causes[cause], chain);
}

}  // namespace headwater::pipeline
