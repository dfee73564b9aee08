#include "walk/run_files.h"

#include "model/naming_file.h"

namespace headwater::walk {

bool may_say_how_code_runs(std::string_view folder, std::string_view name) {
  const auto kind = kind_of_naming_file(folder, name);
  if (!kind) return false;
  switch (*kind) {
    case ReferenceKind::kPackaging:
    case ReferenceKind::kBuild:
    case ReferenceKind::kCi:
    case ReferenceKind::kContainer:
      return true;
    case ReferenceKind::kShell:
      // What a script sets is for what it goes on to run.
      return name.starts_with(".env");
    default:
      return false;
  }
}

}  // namespace headwater::walk
