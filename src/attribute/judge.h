#pragma once

#include <functional>
#include <string>
#include <vector>

#include "attribute/simulation/interpreter.h"
#include "model/outcome.h"

namespace headwater::attribute {

/// Imports nest as deep as the longest chain of first imports. One level takes about 2 KiB, so this
/// is room for 400,000; CPython itself gives up at about a thousand frames, which is not followed.
inline constexpr size_t kStackBytes = size_t{1} << 30;

/// A cycle that fails: from the statement at which the module stands that lacks a name, down to the
/// one that asks for it. Each leads to the file of the next one, the last one to that of the first.
using Ring = std::vector<SourcePlace>;

/// What simulations of one module say, in terms of their own tables.
struct JudgedImport {
  ModuleOutcome outcome;
  std::vector<ImportCause> causes;
  std::vector<std::string> keys{};  // of each cause, in `repairs`
  Ring ring{};                      // of the first failure of a cycle; empty without one
  ImportCause first_of_cycle{};     // that failure
  Repairs repairs{};                // of all causes
  bool imports_in_the_end = false;
};

const FoundModule* found_module(const ModuleSource& source, std::string_view dotted);

/// Judges modules by simulating their imports: what fails is repaired on paper, then it is tried
/// again. Thread safe.
class Judge {
 public:
  /// What becomes of a failure of a cycle: the name is taken to be there, or `repairs` of the
  /// judged import were added to, or that is all that was asked.
  enum class AtCycle : uint8_t { kOnPaper, kIsRepaired, kStop };
  using MeetCycle =
      std::function<AtCycle(JudgedImport& judged, ImportCause& cause, const Ring& ring)>;
  using Visit = std::function<void(const Interpreter&)>;

  Judge(const ModuleSource& source, size_t most_causes)
      : source_(source), most_causes_(most_causes), codes_(source, atoms_) {}

  /// Importing a module begins with its package: what that fails for, the module fails for first.
  /// `package` imports in the end, or is nullptr. `visit` sees the interpreter where this one does.
  JudgedImport judge(const std::string& module, const JudgedImport* package,
                     const char* stack_limit, const Visit& visit);
  /// With `repairs` done beforehand.
  JudgedImport judge_repaired(const std::string& module, Repairs repairs, const char* stack_limit,
                              const MeetCycle& meet_cycle);
  /// What it fails for once `repairs` are done. False: it does not.
  bool first_failure(const std::string& module, const Repairs& repairs, const char* stack_limit,
                     ImportCause& cause);

  const CodeTable& codes() const { return codes_; }
  /// Not beside judgements.
  void settle_names() { codes_.settle_names(); }
  const ModuleSource& source() const { return source_; }

 private:
  void go_on(JudgedImport& judged, size_t most, const char* stack_limit,
             const MeetCycle& meet_cycle, const Visit& visit);
  ImportCause cause_of(const Error& root, const Error& last) const;
  Ring ring_of(const Error& root) const;

  const ModuleSource& source_;
  const size_t most_causes_;
  Atoms atoms_;
  CodeTable codes_;
};

}  // namespace headwater::attribute
