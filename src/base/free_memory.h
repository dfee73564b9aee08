#pragma once

namespace headwater {

/// Gives the pages of freed memory back to the system, where the allocator can do that. Takes some
/// milliseconds: for the end of a stage that has freed much. The allocator keeps such pages by
/// thread, where another thread's next stage does not find them.
void give_back_free_memory();

}  // namespace headwater
