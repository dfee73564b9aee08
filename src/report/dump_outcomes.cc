#include "report/dump_outcomes.h"

#include "base/json_text.h"

namespace headwater::report {
namespace {

class Writer {
 public:
  Writer(std::string& out, const OutcomeTable& table, std::span<const FileLabel> labels)
      : out_(out), table_(table), labels_(labels) {}

  void append(const ModuleOutcome& outcome) {
    out_ += "{\"module\":";
    append_json_string(out_, outcome.module);
    key("file");
    if (outcome.file == UINT32_MAX) {
      out_ += "null";
    } else {
      append_json_string(out_, labels_[outcome.file].name);
    }
    key("ok");
    out_ += outcome.state == ImportState::kFails ? "false" : "true";
    const ImportCause* const first =
        outcome.causes.empty() ? nullptr : &table_.causes[outcome.causes.front()];
    key("root");
    first == nullptr ? void(out_ += "null") : append_root(*first);
    key("at");
    first == nullptr ? void(out_ += "null") : append_place(first->at);
    key("chain");
    append_chain(outcome);
    key("causes");
    out_ += '[';
    for (size_t i = 0; i < outcome.causes.size(); ++i) {
      if (i != 0) out_ += ',';
      const ImportCause& cause = table_.causes[outcome.causes[i]];
      append_root(cause);
      out_.pop_back();
      key("at");
      append_place(cause.at);
      out_ += '}';
    }
    out_ += ']';
    key("uncertain");
    out_ += outcome.state == ImportState::kUnknown ? "true}\n" : "false}\n";
  }

 private:
  void key(std::string_view name) { append_json_key(out_, name); }

  void append_text(std::string_view text) {
    text.empty() ? void(out_ += "null") : append_json_string(out_, text);
  }

  void append_root(const ImportCause& cause) {
    out_ += "{\"kind\":";
    append_json_string(out_, import_failure_name(cause.kind));
    key("module");
    append_text(cause.module);
    key("symbol");
    append_text(cause.symbol);
    out_ += '}';
  }

  void append_place(SourcePlace place) {
    if (place.file == UINT32_MAX) {
      out_ += "null";
      return;
    }
    out_ += '[';
    append_json_string(out_, labels_[place.file].name);
    out_.append(1, ',').append(std::to_string(place.line)).append(1, ']');
  }

  void append_chain(const ModuleOutcome& outcome) {
    out_ += '[';
    bool is_first = true;
    for (const SourcePlace& place : outcome.chain) {
      if (place.file == UINT32_MAX || !labels_[place.file].is_root) continue;
      if (!is_first) out_ += ',';
      is_first = false;
      append_place(place);
    }
    out_ += ']';
  }

  std::string& out_;
  const OutcomeTable& table_;
  std::span<const FileLabel> labels_;
};

}  // namespace

void append_outcomes_json(std::string& out, const OutcomeTable& table,
                          std::span<const FileLabel> labels, size_t begin, size_t end) {
  Writer writer(out, table, labels);
  for (size_t i = begin; i < end; ++i) writer.append(table.outcomes[i]);
}

}  // namespace headwater::report
