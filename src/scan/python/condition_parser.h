#pragma once

#include "model/run_condition.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// One branch of an `if`, as far as the Python that runs it decides.
struct Branch {
  RunWindow window;
  bool is_decided = false;  // it runs wherever `window` holds
};

struct Branches {
  Branch body;
  Branch orelse;
};

/// What a test says by `sys.version_info`, `sys.platform`, `os.name` and `__name__`, written so, by
/// a constant, and by `not`, `and` and `or` of such tests. What else a test says is undecided.
Branches decided_branches(TokenView test);

}  // namespace headwater::scan
