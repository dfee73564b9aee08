#include "model/outcome.h"

namespace headwater {

const char* import_failure_name(ImportFailureKind kind) {
  switch (kind) {
    case ImportFailureKind::kMissingModule:
      return "missing-module";
    case ImportFailureKind::kMissingSymbol:
      return "missing-symbol";
    case ImportFailureKind::kPartialImport:
      return "partial-import";
    case ImportFailureKind::kMissingAttribute:
      return "missing-attribute";
    case ImportFailureKind::kRelativeImport:
      return "relative-import";
    case ImportFailureKind::kNameError:
      return "name-error";
    case ImportFailureKind::kSyntaxError:
      return "syntax-error";
    case ImportFailureKind::kRaises:
      return "raises";
  }
  return "";
}

}  // namespace headwater
