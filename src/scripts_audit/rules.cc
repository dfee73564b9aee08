#include "scripts_audit/rules.h"

#include <algorithm>
#include <vector>

#include "scripts_audit/situation.h"

namespace headwater::scripts_audit {
namespace {

using S = Situation;
constexpr auto kRemove = ScriptVerdict::kRemove;
constexpr auto kArchive = ScriptVerdict::kArchive;
constexpr auto kRefactor = ScriptVerdict::kRefactor;
constexpr auto kReview = ScriptVerdict::kReview;
constexpr auto kKeep = ScriptVerdict::kKeep;

// clang-format off
constexpr Rule kRules[] = {
    {"unread", kReview, "certain", [](const S& s) { return !s.evidence.unread.empty(); },
     "can it be read?", "nothing is known of what was not read"},

    // What is used stays, and is worth its repair.
    {"used-broken", kRefactor, "certain", [](const S& s) { return s.user && s.is_broken(); },
     "", "a program runs it, and it fails"},
    {"used-hard", kRefactor, "likely", [](const S& s) { return s.user && s.is_hard(); },
     "", "a program runs it, and the next change to it will cost"},
    {"used", kKeep, "certain", [](const S& s) { return s.user != nullptr; },
     "", "a program runs it"},
    {"documented-broken", kRefactor, "likely", [](const S& s) { return s.document && s.is_broken(); },
     "", "people are told to run it, and it fails"},
    {"documented-hard", kRefactor, "guess", [](const S& s) { return s.document && s.is_hard(); },
     "", "people are told of it; whether they run it is not known"},
    {"documented", kKeep, "likely", [](const S& s) { return s.document != nullptr; },
     "", "people are told of it"},

    // What may be meant is not to be decided by reading.
    {"may-be-used", kReview, "guess", [](const S& s) { return s.doubtful != nullptr; },
     "is it meant there?", "a name that several files have, or one that is put together, tells too little"},

    // To go, a script must be unreferenced, and something must speak against it besides.
    {"broken-superseded", kRemove, "likely", [](const S& s) { return s.may_go() && s.is_broken() && s.is_superseded(); },
     "", "it fails for anybody who runs it, and another script that is used does the same"},
    {"broken-untouched", kRemove, "likely", [](const S& s) { return s.may_go() && s.is_broken() && s.is_long_untouched(); },
     "", "it fails for anybody who runs it, and nobody has minded for long"},
    {"copy", kRemove, "likely", [](const S& s) { return s.may_go() && s.is_copy(); },
     "", "the same program is used under another name"},
    {"broken", kReview, "likely", [](const S& s) { return s.is_broken(); },
     "repair it, or remove it?", "it fails, but not for so long that nobody can miss it"},
    {"superseded", kArchive, "guess", [](const S& s) { return s.may_go() && s.is_superseded(); },
     "", "another script, which is used, does nearly the same"},
    {"twins", kReview, "guess", [](const S& s) { return s.evidence.twin.has_value(); },
     "which of the two is to stay?", "two scripts do nearly the same, and nothing says which is used"},
    {"one-time-untouched", kArchive, "likely", [](const S& s) { return s.may_go() && s.is_long_untouched() && !s.evidence.one_time_word.empty(); },
     "", "its name says that it was needed once, and its history that this is long ago"},
    {"untouched", kArchive, "guess", [](const S& s) { return s.may_go() && s.is_long_untouched(); },
     "", "nothing refers to it, and nobody has changed it while the repository went on"},
    {"worked-on", kKeep, "guess", [](const S& s) { return s.is_worked_on(); },
     "", "nothing refers to it, but somebody keeps changing it: it is run by hand"},
    {"used-by-undecided", kReview, "guess", [](const S& s) { return s.script_user != nullptr; },
     "does the script that names it stay?", "it goes with the scripts that need it"},
    {"one-time", kReview, "guess", [](const S& s) { return !s.evidence.one_time_word.empty(); },
     "is what it was for done?", "its name says that it is needed once; whether that was is not known"},
    {"starts-nothing", kReview, "guess", [](const S& s) { return s.starts_nothing(); },
     "who is to import it?", "it defines what nothing imports, and does nothing when run"},
    {"unreferenced", kReview, "guess", [](const S&) { return true; },
     "does anybody run it by hand?", "what people run by hand leaves no trace in the repository"},
};
// clang-format on

constexpr Rule kOfUsedScript{"used-by-scripts", kKeep, "likely",
                             nullptr,           "",    "a script that stays needs it"};

void decide(JudgedScript& script, const Rule& rule) {
  script.verdict = rule.verdict;
  script.rule = rule.name;
  script.confidence = rule.confidence;
  script.question = rule.question;
}

bool stays(const JudgedScript& script) {
  return script.verdict == kKeep || script.verdict == kRefactor;
}

/// What scripts need that stay, stays with them; so too what those need.
void keep_what_is_needed(ScriptsReport& report) {
  std::vector<std::pair<size_t, size_t>> uses;  // a script, and one that it needs
  for (size_t i = 0; i < report.scripts.size(); ++i) {
    for (const ScriptReference& reference : report.scripts[i].evidence.references) {
      if (reference.kind != ReferenceKind::kScript || !reference.is_certain) continue;
      const auto user =
          std::ranges::lower_bound(report.scripts, reference.place.file, {}, &JudgedScript::path);
      if (user == report.scripts.end() || user->path != reference.place.file) continue;
      uses.emplace_back(user - report.scripts.begin(), i);
    }
  }
  for (bool changes = true; changes;) {
    changes = false;
    for (const auto& [user, needed] : uses) {
      JudgedScript& script = report.scripts[needed];
      if (!stays(report.scripts[user]) || stays(script)) continue;
      const Situation situation(report, script);
      if (situation.is_broken()) continue;  // the user fails of it, and is told so
      decide(script, kOfUsedScript);
      changes = true;
    }
  }
}

}  // namespace

std::span<const Rule> rules() { return kRules; }

void judge(ScriptsReport& report) {
  for (JudgedScript& script : report.scripts) {
    const Situation situation(report, script);
    const auto rule =
        std::ranges::find_if(kRules, [&](const Rule& each) { return each.applies(situation); });
    decide(script, *rule);
    script.reason = reason_of(situation);
  }
  keep_what_is_needed(report);
  report.counts = {};
  for (const JudgedScript& script : report.scripts) {
    ++report.counts[static_cast<size_t>(script.verdict)];
  }
}

}  // namespace headwater::scripts_audit
