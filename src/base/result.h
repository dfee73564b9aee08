#pragma once

#include <string>
#include <tl/expected.hpp>

namespace headwater {

enum class ErrorCode {
  kNotFound,
  kPermission,
  kNotAFolder,
  kTooLarge,   // above --max-file-size
  kChanged,    // changed or shrank while it was read
  kMalformed,  // read, but not in its format
  kUsage,      // a command line or configuration that cannot be meant
  kIo,         // anything else that the system said
};

/// What went wrong, with what, in words that name the remedy where there is one.
struct Error {
  ErrorCode code;
  std::string path;    // what it is about: a path, or an option's name
  std::string detail;  // a clause, lower case, without a full stop
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string path, std::string detail) {
  return tl::unexpected<Error>(Error{code, std::move(path), std::move(detail)});
}

}  // namespace headwater
