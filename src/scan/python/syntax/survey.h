#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/syntax_verdict.h"
#include "scan/python/byte_classes.h"
#include "scan/python/lexer.h"

namespace headwater::scan {

/// What one pass over the byte classes, an eighth of what parsing costs, learns of a text.
struct Survey {
  /// It may not compile, or it may need a newer Python than the oldest that is known: only the
  /// parser can tell. What is suspected need not be right. What must not be missed: strings,
  /// brackets and indentation that CPython refuses. Of everything else the pass sees what the first
  /// words of a line and the end of it tell.
  bool is_suspect = false;
  /// A comment may be one of ours: see scan/python/suppressions.h.
  bool may_have_pragmas = true;
  // The rest is known of a text that is not suspect.
  std::vector<LineStart> lines;  // where its logical lines begin
  /// The newest syntax that it uses and where, in bytes; kNone: any Python 3 will do.
  SyntaxFeature feature = SyntaxFeature::kNone;
  uint8_t minor = 0;
  uint32_t feature_offset = 0;

  /// Of a text that is suspect, or not surveyed: nothing is known of it.
  void give_up() {
    lines.clear();
    may_have_pragmas = true;
  }
};

/// Overwrites `out`, whose memory is used again.
void survey_text(std::string_view text, const ByteIndex& index, Survey& out);

}  // namespace headwater::scan
