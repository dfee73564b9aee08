#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace headwater::cli {

enum class WriteOutcome : uint8_t { kWritten, kClosedPipe, kFailed };

/// All of `text` to standard output, unbuffered. Thread safe if called from one thread at a time.
WriteOutcome write_standard_output(std::string_view text);

/// One line `headwater: X: what; remedy`, made safe for a terminal.
std::string complaint(const Error& error);
std::string complaint(std::string_view line);
/// The same, on standard error.
void complain(const Error& error);
void complain(std::string_view line);

bool standard_output_is_terminal();
bool standard_error_is_terminal();

/// Columns of the terminal on standard output; 80 where it is none or does not say.
uint32_t terminal_width();

}  // namespace headwater::cli
