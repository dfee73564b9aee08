#include "pipeline/why_strings.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"
#include "findings/cascades.h"
#include "findings/strings.h"
#include "pipeline/undecided.h"
#include "pipeline/why_chain.h"

namespace headwater::pipeline {
namespace {

using State = StringTarget::State;

class StringAnswers {
 public:
  StringAnswers(const FileSystem& files, const Attributed& audit, WhyAnswer& answer)
      : files_(files),
        audit_(audit),
        nodes_(findings::string_nodes(*audit.world, audit.graph)),
        answer_(answer) {}

  void add(uint32_t number) {
    const StringTarget& target = audit_.made.resolved.strings[number];
    if (const findings::Judgement* const judged = judgement(number, audit_.direct.judgements)) {
      if (judged->finding.finding_class == FindingClass::kOptional) {
        return note(number, fmt::format("{}, and may be absent", judged->finding.message));
      }
      return fails(number, static_cast<uint32_t>(judged->finding.cause), {});
    }
    for (const auto* const quiet : {&audit_.direct.suppressed, &audit_.direct.deferred}) {
      if (const findings::Judgement* const judged = judgement(number, *quiet)) {
        const bool is_deferred = quiet == &audit_.direct.deferred;
        return note(number, fmt::format("{}; {}", judged->finding.message,
                                        is_deferred ? "deferred" : "suppressed by a comment"));
      }
    }
    if (target.state == State::kThere) return add_there(number, target);
    // Of what is no finding, who says the name decides whether it may be absent.
    if (target.state != State::kUnknown && string(number).is_optional) {
      return note(number, fmt::format("{}: {} is not there, and may be absent", text_of(number),
                                      target.missing));
    }
    if (target.state != State::kUnknown) {
      return note(number, fmt::format("{}: nothing that is installed or declared provides {}",
                                      text_of(number), target.missing));
    }
    const std::string& unread = string(number).unknown_because;
    // What merely looks like a path is none, most likely.
    if (string(number).reader == "path") return;
    note(number,
         fmt::format("{}: undecided: {}", text_of(number), unread.empty() ? target.why : unread));
  }

 private:
  const NamedString& string(uint32_t number) const { return audit_.made.strings[number]; }
  std::string text_of(uint32_t number) const { return findings::naming(string(number)); }

  static const findings::Judgement* judgement(uint32_t number,
                                              const std::vector<findings::Judgement>& all) {
    const auto found = std::ranges::find(all, number, &findings::Judgement::string);
    return found == all.end() ? nullptr : &*found;
  }

  void note(uint32_t number, std::string says) {
    const NamedString& one = string(number);
    WhyString& made = answer_.strings.emplace_back();
    made.says = std::move(says);
    made.place.file = one.file;
    made.place.line = one.line;
    made.target = target_file(number);
  }

  /// As place_of() names those of modules: the repository's, the environment's, the library's.
  std::string target_file(uint32_t number) const {
    if (nodes_[number] != kNothing) {
      return findings::place_of(*audit_.world, audit_.graph, {nodes_[number], kNothing}).file;
    }
    const std::string& file = audit_.made.resolved.strings[number].file;
    if (is_within(file, audit_.made.root))
      return std::string(relative_path(file, audit_.made.root));
    return file.empty() ? file : findings::seen_in_environment(*audit_.world, file);
  }

  void add_there(uint32_t number, const StringTarget& target) {
    const uint32_t node = nodes_[number];
    const Attribution& attribution = audit_.attribution;
    if (node == kNothing || attribution.state[node] == ModuleState::kImports) {
      return note(number, fmt::format("{}, which is there{}", text_of(number),
                                      node == kNothing ? "" : " and imports"));
    }
    if (attribution.state[node] == ModuleState::kUnknown) {
      const WhyCause undecided = undecided_of(files_, audit_, node);
      const std::string why = undecided.title.empty() ? "" : ": " + undecided.title;
      return note(number, fmt::format("{}: {} may fail{}", text_of(number), target.module, why));
    }
    const uint32_t first = attribution.first_cause[node];
    // Who enters the cycle elsewhere before does not fail (HW403).
    if (audit_.direct.causes[first].code == "HW121" || string(number).is_optional) {
      return note(number, fmt::format("{}: {} may fail: {}", text_of(number), target.module,
                                      audit_.direct.causes[first].title));
    }
    std::vector<WhyStep> chain;
    add_way_to(files_, audit_, node, first, chain);
    fails(number, first, std::move(chain));
  }

  /// `chain`: behind the string.
  void fails(uint32_t number, uint32_t cause, std::vector<WhyStep> chain) {
    const Cause& known = audit_.direct.causes[cause];
    answer_.only_strings_fail |= !answer_.fails;
    answer_.fails = true;
    const bool is_told = std::ranges::any_of(answer_.causes, [&](const WhyCause& one) {
      return one.code == known.code && one.title == known.title;
    });
    if (is_told) {
      return note(number, fmt::format("{}: {}", text_of(number), known.title));
    }
    WhyStep step;
    step.place.file = string(number).file;
    step.place.line = string(number).line;
    step.statement = text_of(number);
    chain.insert(chain.begin(), std::move(step));
    answer_.causes.push_back({known.title, known.repair(), known.code, std::move(chain)});
  }

  const FileSystem& files_;
  const Attributed& audit_;
  const std::vector<uint32_t> nodes_;
  WhyAnswer& answer_;
};

}  // namespace

std::vector<uint32_t> strings_at(const Attributed& audit, const Asked& asked) {
  std::vector<uint32_t> found;
  if (asked.file.empty()) return found;
  const std::vector<NamedString>& all = audit.made.strings;  // by file and line
  const auto of_file = std::ranges::equal_range(all, asked.file, {}, &NamedString::file);
  for (const NamedString& one : of_file) {
    if (asked.line != 0 && one.line != asked.line) continue;
    found.push_back(static_cast<uint32_t>(&one - all.data()));
  }
  return found;
}

void add_strings(const FileSystem& files, const Attributed& audit,
                 const std::vector<uint32_t>& strings, WhyAnswer& answer) {
  if (strings.empty()) return;
  StringAnswers answers(files, audit, answer);
  for (const uint32_t number : strings) answers.add(number);
}

}  // namespace headwater::pipeline
