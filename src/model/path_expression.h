#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater {

/// A folder as a source file computes it, before it is known where the file lies. One line of text,
/// so that it can be kept among a file's facts:
///   file:../src              seen from the folder of the file
///   up:0:pyproject.toml|.git:src   below the nearest folder that holds one of these, from the
///   file's
///                            own upward, or from so many above it
///   cwd:src                  seen from wherever Python was started
///   /opt/x                   absolute
struct PathExpression {
  enum class Base : uint8_t { kFile, kUpward, kWorkingFolder, kAbsolute };
  Base base = Base::kFile;
  std::vector<std::string> markers{};  // of kUpward
  std::string below{};                 // normalized; of kAbsolute: the whole
  uint32_t skipped = 0;  // of kUpward: so many folders are not asked, the file's own first

  std::string text() const;
  static PathExpression parse(std::string_view text);
};

}  // namespace headwater
