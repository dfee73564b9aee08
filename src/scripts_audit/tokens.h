#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace headwater::scripts_audit {

struct Literal {
  std::string_view text;  // between the quotes
  uint32_t line = 0;      // 1-based, of its start
};

/// The tokens of Python source as far as texts are compared by them: no comments, no line breaks,
/// no indentation.
struct Tokens {
  std::vector<uint64_t> hashes;
  std::vector<Literal> comments;
  std::vector<Literal> literals;  // strings and bytes, f-strings as they stand
};

/// Never fails: what ends too early ends with the text.
Tokens tokens_of(std::string_view source);

}  // namespace headwater::scripts_audit
