#include "pipeline/subjects.h"

#include <algorithm>
#include <charconv>

#include "base/paths.h"
#include "findings/cascades.h"

namespace headwater::pipeline {

const FileFacts* facts_of(const Attributed& audit, uint32_t node) {
  const uint32_t file = audit.graph.file[node];
  if (file != kNothing) return &audit.made.scanned.facts[file];
  const bool is_module = node < audit.graph.module_count;
  const uint32_t installed = is_module ? audit.graph.installed[node] : kNothing;
  return installed == kNothing ? nullptr : &audit.made.resolved.installed[installed].facts;
}

std::string name_of(const Attributed& audit, uint32_t node) {
  if (node < audit.graph.module_count) return audit.made.resolved.modules[node].name;
  return audit.made.tree.files[audit.graph.file[node]].path;
}

namespace {

/// The statement as it stands in the file, on one line.
std::string text_of(const FileSystem& files, const Attributed& audit, const ChainStep& step) {
  const FileFacts* const facts = facts_of(audit, step.node);
  if (facts == nullptr || step.statement >= facts->imports().size()) return {};
  const uint32_t file = audit.graph.file[step.node];
  const auto text =
      files.read(file == kNothing ? audit.made.resolved.modules[step.node].file
                                  : join_path(audit.made.root, audit.made.tree.files[file].path));
  const Import& import = facts->imports()[step.statement];
  if (!text || import.end > text->size() || import.offset > import.end) return {};
  std::string line;
  for (const char c : text->substr(import.offset, import.end - import.offset)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string unread_because(const Attributed& audit, uint32_t node) {
  const uint32_t file = audit.graph.file[node];
  if (file == kNothing) return {};
  const std::vector<Error>& unread = audit.made.scanned.unread;
  const auto found = std::ranges::find(unread, audit.made.tree.files[file].path, &Error::path);
  return found == unread.end() ? std::string() : found->detail;
}

WhyStep step_of(const FileSystem& files, const Attributed& audit, const ChainStep& step) {
  return {findings::place_of(*audit.world, audit.graph, step), text_of(files, audit, step),
          name_of(audit, step.node)};
}

Asked find_subject(const Attributed& audit, const std::string& subject) {
  std::string path = subject;
  uint32_t line = 0;
  const size_t colon = subject.rfind(':');
  if (colon != std::string::npos) {
    const char* const end = subject.data() + subject.size();
    const auto read = std::from_chars(subject.data() + colon + 1, end, line);
    if (read.ec == std::errc() && read.ptr == end) path.resize(colon);
  }
  if (path.starts_with("./")) path.erase(0, 2);
  const std::vector<SourceFile>& all = audit.made.tree.files;
  const auto file = std::ranges::lower_bound(all, path, {}, &SourceFile::path);
  if (file != all.end() && file->path == path) {
    return {audit.graph.node_of_file[static_cast<size_t>(file - all.begin())], line, path};
  }
  if (std::ranges::binary_search(audit.made.tree.configuration_files, path)) {
    return {kNothing, line, path};
  }
  Asked found;
  for (uint32_t node = 0; node < audit.graph.module_count; ++node) {
    if (audit.made.resolved.modules[node].name != subject) continue;
    if (found.node == kNothing || audit.counted[node]) found = {node, 0};
    if (audit.counted[node]) break;
  }
  return found;
}

tl::unexpected<Error> unknown_subject(const std::string& subject) {
  return fail(ErrorCode::kUsage, subject,
              "no module or file of that name is imported or audited; give a dotted name, or a "
              "path relative to the repository");
}

}  // namespace headwater::pipeline
