#pragma once

#include <cstdint>

namespace headwater::cache {

/// What facts depend on beside the scanner: content and how it was read.
struct FactsKey {
  uint64_t content_hash;  // XXH3-64 of the bytes
  uint64_t size_bytes;
  uint8_t flavour;  // the FileKind and the options of the scan, told apart by pipeline/

  bool operator==(const FactsKey&) const = default;
};

}  // namespace headwater::cache
