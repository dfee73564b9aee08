#pragma once

#include "triage/exception.h"

namespace headwater::triage {

/// What pytest says of one error or failure, line by line, however it is told to print tracebacks.
class PytestError {
 public:
  void line(std::string_view text);
  bool is_empty() const { return exception_.is_empty(); }
  void finish(const Sink& sink);

 private:
  Exception exception_;
  bool is_native_ = false;  // Python's own form
};

}  // namespace headwater::triage
