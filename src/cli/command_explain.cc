#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "pipeline/explain.h"

namespace headwater::cli {

void add_explain_options(CLI::App& app, RawOptions& raw) {
  app.add_option("CODE", raw.options.subject, "such as HW101; without it, a line of each")
      ->type_name("");
  add_output_options(app, raw);
}

int run_explain(const Options& options) {
  const auto text = pipeline::explain(options.subject);
  return text ? write_output(options, *text) : exit_code(text.error());
}

}  // namespace headwater::cli
