#include "scripts_audit/situation.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace headwater::scripts_audit {
namespace {

// What counts as what: docs/scripts.md says how the figures were tried.
constexpr uint32_t kLongDays = 365;
constexpr uint32_t kLongCommits = 100;
constexpr uint32_t kFewestCommits = 10;
constexpr uint32_t kRecentDays = 90;
constexpr uint32_t kSeveralChanges = 3;
constexpr uint32_t kHardCognitive = 40;
constexpr uint32_t kLongFunction = 200;  // lines

bool is_used(const JudgedScript& script) {
  return std::ranges::any_of(script.evidence.references, [](const ScriptReference& reference) {
    return reference.is_certain && reference.kind != ReferenceKind::kScript;
  });
}

std::string place_text(const Place& place) {
  return place.line == 0 ? place.file : fmt::format("{}:{}", place.file, place.line);
}

std::string percent(double share) { return fmt::format("{}%", static_cast<int>(share * 100)); }

std::string plural(uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", with_thousands(number), noun, number == 1 ? "" : "s");
}

/// The pieces of a reason, in the order in which they are added.
class Reason {
 public:
  explicit Reason(const Situation& situation) : at_(situation), evidence_(situation.evidence) {}

  std::string run() {
    if (!evidence_.unread.empty()) add("was not read: " + evidence_.unread);
    references();
    fault();
    age();
    likeness();
    shape();
    return std::move(text_);
  }

 private:
  void add(const std::string& piece) { text_ += (text_.empty() ? "" : "; ") + piece; }

  void references() {
    const ScriptReference* const first = at_.user          ? at_.user
                                         : at_.document    ? at_.document
                                         : at_.script_user ? at_.script_user
                                                           : at_.doubtful;
    if (first == nullptr) return add("nothing refers to it");
    const size_t others = evidence_.references.size() - 1;
    const std::string more = others == 0 ? "" : fmt::format(" and {} more", others);
    if (first == at_.doubtful) {
      return add(
          fmt::format("may be meant by {}{} ({})", place_text(first->place), more, first->text));
    }
    add(fmt::format("named by {}{}", place_text(first->place), more));
  }

  void fault() {
    if (at_.fault != nullptr) {
      add(fmt::format("fails at line {}: {} ({})", at_.fault->place.line, at_.fault->message,
                      at_.fault->code));
    } else if (!evidence_.faults.empty()) {
      const ScriptFault& first = evidence_.faults.front();
      add(fmt::format("line {}: {} ({})", first.place.line, first.message, first.code));
    }
  }

  void age() {
    if (at_.is_named()) return;
    if (!evidence_.history) {
      if (at_.scope.missing.empty()) add("not committed");
      return;
    }
    const FileHistory& history = *evidence_.history;
    if (history.commits == 0 && history.age_days == 0) {
      return add("its commits are not in the clone");
    }
    if (history.commits == 0) {
      return add(fmt::format("untouched for at least {} and {}", plural(history.age_days, "day"),
                             plural(history.commits_since, "commit")));
    }
    if (at_.is_long_untouched()) {
      return add(fmt::format("untouched for {} and {}", plural(history.age_days, "day"),
                             plural(history.commits_since, "commit")));
    }
    if (history.commits == history.mass) return add("unchanged since " + history.last_day);
    add(fmt::format("{} by {}, the last {} ago", plural(history.commits - history.mass, "change"),
                    plural(history.authors, "author"), plural(history.age_days, "day")));
  }

  void likeness() {
    if (evidence_.twin) {
      add(fmt::format("{} as {}{}",
                      evidence_.twin->similarity == 1
                          ? "the same tokens"
                          : percent(evidence_.twin->similarity) + " the same",
                      evidence_.twin->path, at_.twin_is_used ? ", which is used" : ""));
    }
    if (evidence_.shared) {
      add(fmt::format("{} of it stands in {}", percent(evidence_.shared->share),
                      evidence_.shared->path));
    }
  }

  void shape() {
    if (!evidence_.one_time_word.empty() && !at_.is_named()) {
      add(fmt::format("its name says {}", evidence_.one_time_word));
    }
    if (!evidence_.measures) return;
    const CodeMeasures& measures = *evidence_.measures;
    if (measures.most_cognitive.value > kHardCognitive) {
      add(fmt::format("{} has cognitive complexity {}", name(measures.most_cognitive),
                      measures.most_cognitive.value));
    }
    if (measures.longest.value > kLongFunction) {
      add(fmt::format("{} has {}", name(measures.longest), plural(measures.longest.value, "line")));
    }
    if (!measures.absolute_paths.empty()) {
      const AbsolutePath& first = measures.absolute_paths.front();
      add(fmt::format("line {} has the path {}", first.line, first.text));
    }
    if (at_.starts_nothing() && !at_.is_named()) add("does nothing when run");
  }

  static std::string name(const MeasuredFunction& function) {
    return function.name.empty() ? "its code at module level" : function.name + "()";
  }

  const Situation& at_;
  const ScriptEvidence& evidence_;
  std::string text_;
};

}  // namespace

Situation::Situation(const ScriptsReport& report, const JudgedScript& judged)
    : evidence(judged.evidence), scope(report.history) {
  for (const ScriptReference& reference : evidence.references) {
    const ScriptReference*& place = !reference.is_certain                      ? doubtful
                                    : reference.kind == ReferenceKind::kDocs   ? document
                                    : reference.kind == ReferenceKind::kScript ? script_user
                                                                               : user;
    if (place == nullptr) place = &reference;
  }
  const auto ends_it = std::ranges::find_if(evidence.faults, &ScriptFault::is_at_once);
  if (ends_it != evidence.faults.end()) fault = &*ends_it;
  if (!evidence.twin) return;
  const auto twin =
      std::ranges::lower_bound(report.scripts, evidence.twin->path, {}, &JudgedScript::path);
  twin_is_used = twin != report.scripts.end() && is_used(*twin);
}

bool Situation::is_hard() const {
  if (!evidence.measures) return false;
  return evidence.measures->most_cognitive.value > kHardCognitive ||
         evidence.measures->longest.value > kLongFunction ||
         !evidence.measures->absolute_paths.empty();
}

bool Situation::is_long_untouched() const {
  if (!evidence.history || evidence.history->age_days < kLongDays) return false;
  const uint64_t since = evidence.history->commits_since;
  // In a repository of few commits, half of them are as long a time.
  return since >= kLongCommits ||
         (since >= kFewestCommits && since * 2 >= scope.commits - scope.mass_commits);
}

bool Situation::is_worked_on() const {
  if (!evidence.history || evidence.history->age_days > kRecentDays) return false;
  return evidence.history->commits - evidence.history->mass >= kSeveralChanges;
}

bool Situation::starts_nothing() const {
  return evidence.measures && !evidence.measures->has_main_guard && !evidence.measures->runs_code;
}

std::string reason_of(const Situation& situation) { return Reason(situation).run(); }

}  // namespace headwater::scripts_audit
