#pragma once

#include <cstddef>
#include <functional>

namespace headwater {

/// Runs `work(i, stack_limit)` for every i below `count` on `threads` threads of their own, each
/// with a stack of `stack_bytes`. For recursion that follows the input: `work` has to end its
/// descent when a local variable's address falls below `stack_limit`, which leaves a reserve for
/// what it calls. Untouched parts of a stack cost address space only. Each thread takes the next
/// index that is free; the order is not defined.
void for_each_on_deep_stacks(size_t count, size_t threads, size_t stack_bytes,
                             const std::function<void(size_t i, const char* stack_limit)>& work);

}  // namespace headwater
