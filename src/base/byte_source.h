#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace headwater {

/// Bytes that come one after the other, each once: of a file that is too large to be held, or of a
/// pipe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `into`; the number of bytes, 0 at the end.
  virtual Result<size_t> read(std::span<char> into) = 0;
};

/// A file, or standard input for "-".
Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path);

/// Of a text that outlives it.
class TextBytes : public ByteSource {
 public:
  explicit TextBytes(std::string_view text) : left_(text) {}
  Result<size_t> read(std::span<char> into) override;

 private:
  std::string_view left_;
};

}  // namespace headwater
