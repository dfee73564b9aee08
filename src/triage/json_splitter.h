#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater::triage {

/// Cuts a JSON text, which comes in pieces of any size, into records, and holds one of them at a
/// time: simdjson wants a document in memory as a whole, and a report may be larger than that. A
/// record is an object that is an element of an array which no other record holds; or an object
/// that stands for itself, as in JSON lines. What lies between records is checked as far as it must
/// be understood; a record's own grammar is not looked at.
class JsonSplitter {
 public:
  class Handler {
   public:
    virtual ~Handler() = default;
    /// An array begins outside of records. `path`: the keys that lead there, with '/' between.
    virtual void on_array(std::string_view path) = 0;
    /// `record` may be changed.
    virtual void on_record(std::string_view path, std::string& record, uint64_t offset) = 0;
    /// A record that is too large to be held.
    virtual void on_large_record(uint64_t offset) = 0;
  };

  explicit JsonSplitter(Handler& handler, size_t most_bytes = size_t{16} << 20)
      : handler_(handler), most_bytes_(most_bytes) {}

  /// What follows an error is not looked at.
  void take(std::string_view piece);
  void finish();

  /// A clause with the byte at which the text is no JSON, or is cut off; empty: it is whole.
  const std::string& error() const { return error_; }
  bool is_cut_off() const { return is_cut_off_; }

 private:
  struct Container {
    bool is_array;
    std::string key;  // of an object: the member that is being read
    bool wants_key = true;
  };

  size_t take_string(std::string_view piece, size_t at);
  size_t take_record(std::string_view piece, size_t at);
  void take_structure(char byte, uint64_t offset);
  void open(bool is_array, uint64_t offset);
  void close(bool is_array, uint64_t offset);
  void end_string();
  void fail(uint64_t offset, std::string_view what);
  std::string path() const;

  Handler& handler_;
  const size_t most_bytes_;
  uint64_t offset_ = 0;  // of the piece
  std::vector<Container> open_;
  std::string error_;
  bool is_cut_off_ = false;

  bool in_string_ = false;
  bool is_escaped_ = false;
  std::string key_;  // the string that is being read, as far as a key may be long

  std::string record_;  // begins at record_offset_
  uint64_t record_offset_ = 0;
  size_t record_depth_ = 0;  // brackets that are open in it
  bool in_record_ = false;
  bool is_large_ = false;
  bool is_alone_ = false;  // the outermost object, as long as no array has been met in it
  std::string alone_;
};

}  // namespace headwater::triage
