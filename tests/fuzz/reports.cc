// Any bytes: every reader ends, keeps entries that are bounded, and says the same however the bytes
// come in pieces.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "triage/json_splitter.h"
#include "triage/read_report.h"
#include "triage/readers.h"

namespace {

using namespace headwater;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const ToolEntry& entry) {
  require(entry.file.size() <= 4096 && entry.message.size() <= 1024);
  require(entry.symbols.size() <= 64 && entry.frames.size() <= 256);
}

std::string told(const ToolEntry& entry) {
  std::string text = entry.file + ':' + std::to_string(entry.line) + ' ' + entry.module + ' ';
  for (const std::string& symbol : entry.symbols) text += symbol + ' ';
  text += entry.rule + ' ' + entry.message;
  for (const ReportedFrame& frame : entry.frames) text += ' ' + frame.file + frame.statement;
  return text + '\n';
}

std::string read_in_pieces(const triage::TextFormat& format, std::string_view text, size_t piece) {
  std::string all;
  const triage::Sink sink = [&](const ToolEntry& entry) { all += told(entry); };
  const auto reader = format.make();
  for (size_t at = 0; at < text.size(); at += piece) reader->take(text.substr(at, piece), sink);
  reader->finish(sink);
  return all;
}

class Recorder : public triage::JsonSplitter::Handler {
 public:
  void on_array(std::string_view path) override { said.append(path) += '['; }
  void on_record(std::string_view path, std::string& record, uint64_t offset) override {
    said.append(path) += std::to_string(offset) + record;
  }
  void on_large_record(uint64_t offset) override { said += std::to_string(offset); }

  std::string said;
};

std::string split_in_pieces(std::string_view text, size_t piece) {
  Recorder recorder;
  triage::JsonSplitter splitter(recorder, 1000);
  for (size_t at = 0; at < text.size(); at += piece) splitter.take(text.substr(at, piece));
  splitter.finish();
  return recorder.said + splitter.error();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  TextBytes bytes(text);
  if (const auto report = triage::read_report(bytes, "report")) {
    for (const ToolEntry& entry : report->entries) check(entry);
  }
  for (const triage::TextFormat* format : triage::text_formats()) {
    require(read_in_pieces(*format, text, size + 1) == read_in_pieces(*format, text, 3));
  }
  require(split_in_pieces(text, size + 1) == split_in_pieces(text, 3));
  return 0;
}
