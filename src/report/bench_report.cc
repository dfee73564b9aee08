#include "report/bench_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_text.h"
#include "report/printable.h"

namespace headwater::report {
namespace {

double per_second(double amount, double milliseconds) {
  return milliseconds <= 0 ? 0 : amount / milliseconds * 1e3;
}

const BenchRow* same_condition(const BenchResult& result, const BenchRow& row) {
  const auto found = std::ranges::find_if(result.rows, [&](const BenchRow& other) {
    return other.evicted == row.evicted && other.threads == row.threads;
  });
  return found == result.rows.end() ? nullptr : &*found;
}

void write_rows(const BenchResult& result, const BenchResult* before, std::string& out) {
  out += fmt::format("{} files, {:.1f} MB, median of {}, peak memory {:.1f} MiB\n\n",
                     with_thousands(result.files), static_cast<double>(result.bytes) / 1e6,
                     counted(result.runs, "run", "runs"),
                     static_cast<double>(result.peak_memory_kib) / 1024);
  out += fmt::format("{:<8}{:>8}{:>11}{:>9}{:>10}{:>10}{}\n", "pages", "threads", "files/s", "MB/s",
                     "wall ms", "cpu ms", before == nullptr ? "" : "   wall to before");
  for (const BenchRow& row : result.rows) {
    const auto files = static_cast<double>(result.files);
    const auto megabytes = static_cast<double>(result.bytes) / 1e6;
    out +=
        fmt::format("{:<8}{:>8}{:>11.0f}{:>9.1f}{:>10.1f}{:>10.1f}",
                    row.evicted ? "evicted" : "warm", row.threads, per_second(files, row.wall_ms),
                    per_second(megabytes, row.wall_ms), row.wall_ms, row.cpu_ms);
    if (before != nullptr) {
      const BenchRow* const other = same_condition(*before, row);
      const bool is_there = other != nullptr && other->wall_ms > 0;
      out += is_there ? fmt::format("{:>17.2f}", row.wall_ms / other->wall_ms)
                      : fmt::format("{:>17}", "-");
    }
    out += '\n';
  }
  out += fmt::format("\n{:<16}", "stage, wall ms");
  for (const BenchRow& row : result.rows) {
    out +=
        fmt::format("{:>12}", fmt::format("{} x{}", row.evicted ? "evicted" : "warm", row.threads));
  }
  out += '\n';
  if (result.rows.empty()) return;
  for (size_t stage = 0; stage < result.rows.front().stages.size(); ++stage) {
    out += fmt::format("{:<16}", result.rows.front().stages[stage].name);
    for (const BenchRow& row : result.rows)
      out += fmt::format("{:>12.1f}", row.stages[stage].wall_ms);
    out += '\n';
  }
}

}  // namespace

void write_bench(const BenchResult& result, std::string& out) { write_rows(result, nullptr, out); }

void write_bench_compared(const BenchResult& result, const BenchResult& before, std::string& out) {
  write_rows(result, &before, out);
}

void write_bench_json(const BenchResult& result, std::string& out) {
  out += fmt::format("{{\"schema\":1,\"files\":{},\"bytes\":{},\"runs\":{},\"peak_memory_kib\":{},",
                     result.files, result.bytes, result.runs, result.peak_memory_kib);
  out += "\"rows\":[";
  for (size_t i = 0; i < result.rows.size(); ++i) {
    const BenchRow& row = result.rows[i];
    out += fmt::format(
        "{}{{\"evicted\":{},\"threads\":{},\"wall_ms\":{:.3f},\"cpu_ms\":{:.3f},\"stages\":[",
        i == 0 ? "" : ",", row.evicted, row.threads, row.wall_ms, row.cpu_ms);
    for (size_t stage = 0; stage < row.stages.size(); ++stage) {
      out += stage == 0 ? "{\"name\":" : ",{\"name\":";
      append_json_string(out, row.stages[stage].name);
      out += fmt::format(",\"wall_ms\":{:.3f},\"cpu_ms\":{:.3f}}}", row.stages[stage].wall_ms,
                         row.stages[stage].cpu_ms);
    }
    out += "]}";
  }
  out += "]}\n";
}

}  // namespace headwater::report
