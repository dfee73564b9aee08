#include "pipeline/dump.h"

#include <algorithm>
#include <array>

#include "pipeline/outcomes.h"
#include "pipeline/stages.h"
#include "pipeline/thread_limit.h"
#include "report/dump_environment.h"
#include "report/dump_facts.h"
#include "report/dump_files.h"
#include "report/dump_paths.h"
#include "report/dump_resolutions.h"
#include "report/dump_strings.h"

namespace headwater::pipeline {
namespace {

/// One row of the table of dumps.
struct Dump {
  std::string_view name;
  Stage last;  // of the stages that it needs
  /// Prints what a stage knows of the files from `begin` to `end`; `begin` is 0 for the first ones.
  void (*print)(const StageOutputs& made, size_t begin, size_t end, std::string& out);
  /// Of every file it must be known whether it parses, since the rows are those of Python's parser.
  bool deep = false;
};

void print_files(const StageOutputs& made, size_t begin, size_t end, std::string& out) {
  report::dump_files(made.tree, begin, end, out);
}

/// Nothing is known of a file that could not be read, so nothing is said. `Notebooks`: whether they
/// are printed too; an oracle that parses files as Python knows none.
template <void (*Append)(std::string&, std::string_view, const FileFacts&), bool Notebooks = false>
void print_facts(const StageOutputs& made, size_t begin, size_t end, std::string& out) {
  for (size_t i = begin; i < end; ++i) {
    if (!Notebooks && made.tree.files[i].kind == FileKind::kNotebook) continue;
    if (made.scanned.was_read[i]) Append(out, made.tree.files[i].path, made.scanned.facts[i]);
  }
}

void print_paths(const StageOutputs& made, size_t begin, size_t end, std::string& out) {
  report::dump_paths(made.tree, made.entry_paths, begin, end, out);
}

void print_environment(const StageOutputs& made, size_t begin, size_t, std::string& out) {
  if (begin != 0) return;
  report::append_environment_json(out, made.environment);
  out += '\n';
}

void print_resolutions(const StageOutputs& made, size_t begin, size_t, std::string& out) {
  if (begin == 0) append_resolutions_json(out, made.tree, made.scanned, made.resolved);
}

void print_strings(const StageOutputs& made, size_t begin, size_t, std::string& out) {
  if (begin == 0) report::append_strings_json(out, made.root, made.strings, made.resolved.strings);
}

constexpr std::string_view kOutcomes = "outcomes";

constexpr Dump kDumps[] = {
    {"imports", Stage::kScan, print_facts<report::append_imports_json>, true},
    {"bindings", Stage::kScan, print_facts<report::append_bindings_json>, true},
    {"facts", Stage::kScan, print_facts<report::append_facts_json, true>, true},
    {"files", Stage::kWalk, print_files},
    {"paths", Stage::kLayout, print_paths},
    {"environment", Stage::kEnvironment, print_environment},
    {"resolutions", Stage::kResolve, print_resolutions},
    {"strings", Stage::kResolve, print_strings},
    {kOutcomes, Stage::kEnvironment, nullptr},  // prints by module, not by file
};

/// So many files are printed at a time: the output of a large tree never lies in memory as a whole.
constexpr size_t kFilesAtATime = 512;

}  // namespace

std::span<const std::string_view> dump_stages() {
  static constexpr auto kStages = [] {
    std::array<std::string_view, std::size(kDumps)> names;
    std::transform(std::begin(kDumps), std::end(kDumps), names.begin(),
                   [](const Dump& dump) { return dump.name; });
    return names;
  }();
  return kStages;
}

Result<std::vector<Error>> dump(std::string_view stage, const FileSystem& files,
                                const AuditOptions& options, Statistics& statistics,
                                Progress& progress, const Sink& sink) {
  const ThreadLimit threads(options.threads);
  const auto row = std::find_if(std::begin(kDumps), std::end(kDumps),
                                [&](const Dump& each) { return each.name == stage; });
  if (stage == kOutcomes) return dump_outcomes(files, options, statistics, progress, sink);
  AuditOptions stage_options = options;
  stage_options.deep |= row->deep;
  auto made = run_stages(row->last, files, stage_options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  const size_t count = made->tree.files.size();
  std::string out;
  size_t begin = 0;
  do {
    const size_t end = std::min(begin + kFilesAtATime, count);
    out.clear();
    row->print(*made, begin, end, out);
    begin = end;
  } while (sink(out) && begin < count);
  return made->unread();
}

}  // namespace headwater::pipeline
