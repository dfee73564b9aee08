#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/file_facts.h"
#include "model/finding.h"

namespace headwater::triage {

/// The findings of an audit by their places. Those about declarations and comments are left out:
/// they do not tell whether an import works.
class FindingsAt {
 public:
  explicit FindingsAt(const AuditReport& report);

  /// Of a statement; kNone where nothing is found.
  struct Found {
    int finding = -1;     // into AuditReport::findings
    int suppressed = -1;  // into AuditReport::suppressed
    bool is_any() const { return finding >= 0 || suppressed >= 0; }
  };
  Found of_statement(std::string_view file, const FileFacts& facts, const Import& import,
                     const std::string& module) const;
  /// That the file does not compile.
  Found of_syntax(std::string_view file) const;

 private:
  using Key = std::tuple<std::string_view, uint32_t, uint32_t, uint32_t>;  // file to column
  const AuditReport& report_;
  std::map<Key, std::vector<Found>> found_;
  std::map<std::string_view, Found> syntax_;
};

}  // namespace headwater::triage
