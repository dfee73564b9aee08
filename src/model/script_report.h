#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"

namespace headwater {

/// What to do with a stand-alone script; what takes the most deciding away first.
enum class ScriptVerdict : uint8_t { kRemove, kArchive, kRefactor, kReview, kKeep };
inline constexpr size_t kScriptVerdicts = 5;

/// Who refers to a script.
enum class ReferenceKind : uint8_t {
  kPackaging,  // scripts and entry points of a distribution
  kBuild,      // make and its like
  kCi,
  kHook,  // pre-commit
  kContainer,
  kScheduler,  // cron, systemd
  kShell,
  kConfig,  // any other JSON, YAML, TOML or INI file; certain where its format says so
  kCode,    // an import, or a string of a module
  kTest,    // the same of a test
  kScript,  // the same of a script that is judged itself
  kDocs,    // documents, and comments of sources
};

struct ScriptReference {
  ReferenceKind kind = ReferenceKind::kCode;
  Place place;
  std::string text;  // what stands there: a path, a module
  /// False: other files may be meant as well, or the name is put together when it runs.
  bool is_certain = true;
};

/// A finding at a script that is no fault of an environment.
struct ScriptFault {
  std::string_view code;
  Place place;
  std::string message;
  bool is_at_once = true;  // whenever the script runs; false: in a function
  bool is_moved = false;   // what it asks for is elsewhere now
};

/// The worst function by some measure.
struct MeasuredFunction {
  std::string name;   // with its classes: Store.total; empty: the code at module level
  uint32_t line = 0;  // 1-based
  uint32_t value = 0;
};

struct AbsolutePath {
  uint32_t line = 0;  // 1-based
  std::string text;
};

/// What a syntax tree tells of one file. Cognitive complexity as G. A. Campbell has it, "Cognitive
/// Complexity", SonarSource 2018; cyclomatic as McCabe, with boolean operators.
struct CodeMeasures {
  uint32_t lines = 0;
  uint32_t functions = 0;
  uint32_t classes = 0;
  uint32_t imports = 0;  // statements
  uint32_t nesting = 0;  // of ifs, loops, tries, withs and matches, the deepest
  uint32_t cyclomatic = 0;
  uint32_t cognitive = 0;
  MeasuredFunction most_cyclomatic;
  MeasuredFunction most_cognitive;
  MeasuredFunction longest;  // lines
  bool has_main_guard = false;
  bool runs_code = false;  // at module level, beside definitions, imports and assignments
  std::vector<AbsolutePath>
      absolute_paths;  // of another machine, in strings that are no docstrings
};

/// The commits of a file, back through moves that leave it as it is.
struct FileHistory {
  uint32_t commits = 0;     // that change it
  uint32_t mass = 0;        // of those, with so many files that they say nothing of this one
  uint32_t authors = 0;     // of the commits that are no mass commits, or of the first one
  std::string first_day{};  // as 2027-01-31, UTC
  std::string last_day{};   // of the last commit that is no mass commit; or of the first one
  std::string last_author{};
  uint32_t age_days = 0;       // from the last_day's commit to the newest of the repository
  uint32_t life_days = 0;      // from the first to the last of those
  uint32_t commits_since = 0;  // of the repository, mass commits left out
};

/// What is known of the history as a whole.
struct HistoryScope {
  std::string missing;      // why there is none; empty: there is
  std::string cut_because;  // why it does not go back to the start; empty: it does
  std::string newest_day;   // that ages are counted from
  std::string newest_commit;
  uint64_t commits = 0;
  uint64_t mass_commits = 0;
};

/// A text that is nearly the same.
struct ScriptTwin {
  std::string path;
  double similarity = 0;  // of the sets of shingles, Jaccard; 1: the same tokens
};

/// How much of a script stands in a module.
struct SharedCode {
  std::string path;
  double share = 0;  // of the shingles of the script
};

struct ScriptEvidence {
  std::string module;  // dotted name by which it can be imported, or empty
  bool is_in_package = false;
  bool stands_alone = true;  // false: judged because somebody named its package's folder
  bool is_notebook = false;
  std::string unread;               // why it was not read; empty: it was
  std::vector<ScriptFault> faults;  // by place
  uint32_t other_failures = 0;  // imports that fail for the environment, or for a fault elsewhere
  uint32_t first_party_imports = 0;         // modules of the repository that it imports
  std::vector<ScriptReference> references;  // by kind and place
  std::optional<CodeMeasures> measures;     // none: a notebook, or too large
  std::optional<FileHistory> history;       // none: not committed, or no history at all
  std::optional<ScriptTwin> twin;           // the nearest script
  std::optional<SharedCode> shared;         // the module that has most of it
  std::string one_time_word;                // of its name; empty: none
};

struct JudgedScript {
  std::string path;  // relative to the repository
  ScriptVerdict verdict = ScriptVerdict::kReview;
  std::string_view rule;        // the row of the table that has decided
  std::string_view confidence;  // "certain", "likely" or "guess"
  std::string reason;           // one line
  std::string question;         // of kReview: what somebody has to answer
  ScriptEvidence evidence;
};

struct ScriptsReport {
  std::string root;                  // the repository, as it was given
  std::vector<std::string> folders;  // that were asked for, relative to the repository; empty: all
  HistoryScope history;
  std::vector<JudgedScript> scripts;               // by path
  std::array<uint64_t, kScriptVerdicts> counts{};  // by ScriptVerdict; they add up to the scripts
};

std::string_view name_of(ScriptVerdict verdict);
std::string_view name_of(ReferenceKind kind);

}  // namespace headwater
