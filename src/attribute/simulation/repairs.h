#pragma once

#include <map>
#include <string>
#include <unordered_set>

#include "attribute/simulation/objects.h"
#include "model/outcome.h"

namespace headwater::attribute {

/// So many exceptions may stand behind one another; a chain of contexts may be a ring.
inline constexpr uint32_t kLongestContext = 1000;

/// What is taken as repaired.
struct Repairs {
  std::unordered_set<std::string> failures;  // by repair_key()
  /// Statements at module level that import nothing any more, by where they begin.
  std::map<SourcePlace, CycleRepair::How> imports;
};

/// The import failure behind an exception, or the exception itself where there is none.
const Error& root_of(const Error& error);
/// The name of its class; "?" if it is not known.
std::string type_name(const Error& error, const Atoms& atoms);
/// Names what has to be repaired, so that the same failure does not come up again.
std::string repair_key(const Error& error, const Atoms& atoms);

}  // namespace headwater::attribute
