#include <exception>

#include "cli/interrupts.h"
#include "cli/options.h"
#include "cli/run.h"
#include "cli/standard_streams.h"

int main(int argc, char** argv) {
  using namespace headwater::cli;
  try {
    end_quietly_on_interrupt();
    const auto options = parse_options(argc, argv);
    if (!options) {
      complain(options.error());
      return kExitUsage;
    }
    return run(*options);
  } catch (const std::exception& error) {
    complain({headwater::ErrorCode::kIo, "internal error",
              std::string(error.what()) + "; please report it with the command that you typed"});
    return kExitInternalError;
  }
}
