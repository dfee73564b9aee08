#include "triage/read_report.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "triage/clean_run.h"
#include "triage/json_splitter.h"
#include "triage/line_reader.h"
#include "triage/readers.h"

namespace headwater::triage {
namespace {

constexpr size_t kPiece = size_t{1} << 18;
constexpr size_t kMostRules = 1000;    // that are counted apart
constexpr size_t kLongestText = 1024;  // bytes of a name, a message or a statement
constexpr size_t kLongestPath = 4096;
constexpr size_t kMostSymbols = 64;
constexpr size_t kMostPlaces = 3;  // of entries that cannot be read
constexpr size_t kMostStrange = 1000;

void cut(std::string& text, size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
}

/// What is kept of an entry is bounded, whatever the report says.
ToolEntry bounded(ToolEntry entry) {
  cut(entry.file, kLongestPath);
  for (std::string* text : {&entry.rule, &entry.module, &entry.message}) cut(*text, kLongestText);
  if (entry.symbols.size() > kMostSymbols) entry.symbols.resize(kMostSymbols);
  for (std::string& symbol : entry.symbols) cut(symbol, kLongestText);
  for (ReportedFrame& frame : entry.frames) {
    cut(frame.file, kLongestPath);
    cut(frame.statement, kLongestText);
  }
  return entry;
}

uint64_t hash_of_entry(const ToolEntry& entry) {
  std::string text = fmt::format("{}\n{}\n{}\n{}\n{}", entry.rule, entry.file, entry.line,
                                 entry.module, entry.message);
  for (const std::string& symbol : entry.symbols) text.append(1, '\n').append(symbol);
  for (const ReportedFrame& frame : entry.frames) {
    text += fmt::format("\n{}:{}", frame.file, frame.line);
  }
  return hash_of(text);
}

/// Gathers what readers hand over. What is said again is counted, not held again.
class Gatherer {
 public:
  explicit Gatherer(ToolReport& report) : report_(report) {}

  void add(ToolEntry entry) {
    entry = bounded(std::move(entry));
    if (entry.about == ToolEntry::About::kOther) return add_other(entry.rule);
    const auto place = static_cast<uint32_t>(report_.entries.size());
    const auto [known, is_new] = places_.try_emplace(hash_of_entry(entry), place);
    if (!is_new && say_the_same(report_.entries[known->second], entry)) {
      ++report_.entries[known->second].times;
      return;
    }
    report_.entries.push_back(std::move(entry));
  }

 private:
  void add_other(const std::string& rule) {
    const bool is_new = !report_.others.contains(rule);
    ++report_.others[is_new && report_.others.size() >= kMostRules ? "..." : rule];
  }

  ToolReport& report_;
  std::unordered_map<uint64_t, uint32_t> places_;  // by hash: into the entries
};

/// A report while it is read.
class Reading {
 public:
  virtual ~Reading() = default;
  virtual void take(std::string_view piece) = 0;
  /// Why nothing could be read; empty: something could.
  virtual std::string finish() = 0;
};

std::string known_formats() {
  return "it is in no format that is known; docs/triage.md lists them";
}

class JsonReading : public Reading, JsonSplitter::Handler {
 public:
  explicit JsonReading(ToolReport& report)
      : report_(report),
        gatherer_(report),
        sink_([this](ToolEntry entry) { entry_ = std::move(entry); }) {}

  void take(std::string_view piece) override { splitter_.take(piece); }

  std::string finish() override {
    splitter_.finish();
    if (format_ == nullptr) {
      if (!splitter_.error().empty()) return splitter_.error();
      if (is_empty_list_) return {};  // many tools write it when they find nothing
      return fmt::format("byte {}: {}", first_record_.value_or(0), known_formats());
    }
    if (!splitter_.error().empty()) {
      report_.warnings.push_back(splitter_.error() + "; what is before it was read");
    }
    if (report_.unreadable != 0) {
      report_.warnings.push_back(
          fmt::format("{} of its entries cannot be read, the first at byte {}", report_.unreadable,
                      fmt::join(unreadable_, ", ")));
    }
    return {};
  }

 private:
  void on_array(std::string_view path) override {
    is_empty_list_ |= path.empty();
    if (format_ == nullptr) recognise(path, nullptr);
  }

  void on_record(std::string_view path, std::string& text, uint64_t offset) override {
    if (!first_record_) first_record_ = offset;
    is_empty_list_ = false;
    if (const std::string why = record_.parse(text); !why.empty()) {
      return format_ == nullptr ? not_recognised(path, offset) : unreadable(offset);
    }
    if (format_ == nullptr) recognise(path, &record_);
    if (format_ == nullptr) return not_recognised(path, offset);
    entry_.reset();
    if (!format_->read(path, record_, sink_) || !record_.is_whole()) return unreadable(offset);
    if (entry_) gatherer_.add(*std::move(entry_));
  }

  void on_large_record(uint64_t offset) override { unreadable(offset); }

  void recognise(std::string_view path, JsonRecord* first) {
    for (const JsonFormat* format : json_formats()) {
      if (!format->recognises(path, first)) continue;
      format_ = format;
      report_.tool = format->tool;
      if (path == strange_path_) {
        for (const uint64_t offset : strange_) unreadable(offset);
      }
      return;
    }
  }

  /// The first entries of a report may be those that cannot be read.
  void not_recognised(std::string_view path, uint64_t offset) {
    if (path != strange_path_) strange_.clear();
    strange_path_ = path;
    if (strange_.size() < kMostStrange) strange_.push_back(offset);
  }

  void unreadable(uint64_t offset) {
    ++report_.unreadable;
    if (unreadable_.size() < kMostPlaces) unreadable_.push_back(offset);
  }

  ToolReport& report_;
  Gatherer gatherer_;
  Sink sink_;
  JsonSplitter splitter_{*this};
  JsonRecord record_;
  std::optional<ToolEntry> entry_;  // of the record
  const JsonFormat* format_ = nullptr;
  std::optional<uint64_t> first_record_;
  std::vector<uint64_t> unreadable_;  // offsets
  std::vector<uint64_t> strange_;     // offsets of records before the format was known
  std::string strange_path_;          // where they are
  bool is_empty_list_ = false;
};

class TextReading : public Reading {
 public:
  explicit TextReading(ToolReport& report)
      : report_(report),
        gatherer_(report),
        sink_([this](ToolEntry entry) { gatherer_.add(std::move(entry)); }) {}

  void take(std::string_view piece) override {
    if (reader_ == nullptr) {
      lines_.take(piece, [this](std::string_view line) { recognise(line); });
      // A line without an end, as XML may be, is looked at as far as it goes.
      if (reader_ == nullptr && lines_.has_rest()) {
        Lines rest = lines_;
        rest.finish([this](std::string_view line) { recognise_format(line); });
      }
      if (reader_ == nullptr) return;
    }
    reader_->take(piece, sink_);
  }

  std::string finish() override {
    if (reader_ == nullptr) {
      if (lines_.has_rest()) lines_.finish([this](std::string_view line) { clean_.line(line); });
      report_.tool = clean_.tool();
      const bool has_nothing = clean_.is_blank() || !report_.tool.empty();
      return has_nothing ? std::string() : fmt::format("byte 0: {}", known_formats());
    }
    if (!reader_->finish(sink_)) {
      report_.warnings.push_back("it is cut off; what is there was read");
    }
    return {};
  }

 private:
  void recognise(std::string_view line) {
    recognise_format(line);
    if (reader_ == nullptr) clean_.line(line);
  }

  void recognise_format(std::string_view line) {
    if (reader_ != nullptr) return;
    for (const TextFormat* format : text_formats()) {
      if (!format->recognises(line)) continue;
      report_.tool = format->tool;
      reader_ = format->make();
      return;
    }
  }

  ToolReport& report_;
  Gatherer gatherer_;
  Sink sink_;
  Lines lines_;
  CleanRun clean_;  // what counts where no format is recognised
  std::unique_ptr<TextReader> reader_;
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_json(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  const char bracket = text[first];
  if (bracket != '{' && bracket != '[') return false;
  const size_t next = text.find_first_not_of(" \t\r\n", first + 1);
  if (next == std::string_view::npos) return true;
  return std::string_view(bracket == '{' ? "\"}" : "{[]\"").find(text[next]) !=
         std::string_view::npos;
}

/// A pipe hands over as little as it likes; what a report is shows in more than a few bytes.
Result<size_t> fill(ByteSource& bytes, std::vector<char>& buffer) {
  size_t size = 0;
  while (size < buffer.size()) {
    const auto count = bytes.read(std::span(buffer).subspan(size));
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) break;
    size += *count;
  }
  return size;
}

}  // namespace

Result<ToolReport> read_report(ByteSource& bytes, const std::string& name) {
  ToolReport report;
  report.name = name;
  std::unique_ptr<Reading> reading;
  std::vector<char> buffer(kPiece);
  uint64_t total = 0;
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash(XXH3_createState(),
                                                                      XXH3_freeState);
  XXH3_64bits_reset(hash.get());
  for (;;) {
    const auto count = fill(bytes, buffer);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) break;
    XXH3_64bits_update(hash.get(), buffer.data(), *count);
    std::string_view piece(buffer.data(), *count);
    if (total == 0) {
      if (piece.starts_with("\xFF\xFE") || piece.starts_with("\xFE\xFF")) {
        return fail(ErrorCode::kMalformed, name, "byte 0: it is UTF-16; save it as UTF-8");
      }
      if (piece.starts_with(kByteOrderMark)) {
        std::ranges::fill(buffer.begin(), buffer.begin() + kByteOrderMark.size(), ' ');
      }
      if (is_json(piece)) {
        reading = std::make_unique<JsonReading>(report);
      } else {
        reading = std::make_unique<TextReading>(report);
      }
    }
    total += *count;
    reading->take(piece);
  }
  const std::string why = reading == nullptr ? std::string() : reading->finish();
  if (!why.empty()) return fail(ErrorCode::kMalformed, name, why);
  report.content_hash = XXH3_64bits_digest(hash.get());
  return report;
}

}  // namespace headwater::triage
