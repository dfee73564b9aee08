#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/file_facts.h"

namespace headwater::scan {

/// A file's bytes as UTF-8, without a byte order mark's meaning being lost: offsets count from the
/// file's first byte. Where a file had to be transcoded they count in the transcoded text.
struct DecodedSource {
  std::string_view text;
  std::optional<SyntaxFault> fault;  // CPython cannot decode the file either
};

/// Decodes as CPython does (PEP 263): UTF-8 unless one of the first two lines has a coding comment.
/// An encoding that this machine's iconv does not know is no fault; the bytes are then taken as
/// they are. `storage` holds the text where it had to be transcoded.
DecodedSource decode_source(std::string_view bytes, std::string& storage);

/// The encoding that the first two lines declare, lower case with `-` for `_`; empty if none does.
std::string declared_encoding(std::string_view bytes);

/// The offset of the first byte at or after `begin` that is not ASCII; the size if there is none.
size_t first_non_ascii(std::string_view bytes, size_t begin);

}  // namespace headwater::scan
