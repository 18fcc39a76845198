#include "crawler/reading/reading_messages.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "base/text/dates.h"
#include "base/text/utf8.h"
#include "base/version.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using Json = nlohmann::json;

constexpr std::array answerable_codes{ErrorCode::invalid_argument, ErrorCode::unsupported, ErrorCode::limit};

template <typename Bytes>
std::string to_bytes(const Bytes& bytes) {
  return std::string{bytes.begin(), bytes.end()};
}

// Whether an answer is small and flat enough to be parsed, however it was made: nothing is allocated to find out.
bool is_parsable(std::string_view message) {
  constexpr int max_depth = 3;  // an item of a list of the answer
  constexpr std::size_t max_separators = 2'000'000;
  int depth = 0;
  std::size_t separators = 0;
  bool is_in_string = false;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char c = message[i];
    if (is_in_string) {
      if (c == '\\') ++i;
      is_in_string = c != '"';
      continue;
    }
    is_in_string = c == '"';
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c == ',') ++separators;
    if (depth > max_depth || separators > max_separators) return false;
  }
  return true;
}

// One list of fields for both ways: a Writer puts them into an object, a Reader takes them out of one.
class Writer {
 public:
  template <typename Value>
  void value(const char* name, const Value& field) {
    json_[name] = field;
  }
  void text(const char* name, const std::string& field) { json_[name] = field; }
  void date(const char* name, const std::string& field) { json_[name] = field; }
  void link(const char* name, const std::string& field) { json_[name] = field; }
  Json json() && { return std::move(json_); }

 private:
  Json json_ = Json::object();
};

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  void text(const char* name, std::string& field) const {
    const auto found = json_.find(name);
    if (found != json_.end() && found->is_string())
      field = to_valid_utf8(found->get_ref<const std::string&>());
  }
  void date(const char* name, std::string& field) const {
    text(name, field);
    if (!field.empty() && !is_date(field)) field.clear();
  }
  // Of a document's own words an address is accepted as it stands there.
  void link(const char* name, std::string& field) const {
    text(name, field);
    constexpr std::size_t max_address_bytes = 8'000;
    if (field.size() > max_address_bytes) field.clear();
  }
  template <typename Number>
  requires std::is_integral_v<Number>
  void value(const char* name, Number& field) const {
    const auto found = json_.find(name);
    if (found == json_.end()) return;
    if (found->is_boolean()) field = static_cast<Number>(found->get<bool>());
    if (found->is_number_integer()) field = static_cast<Number>(found->get<std::int64_t>());
  }
  const Json& list(const char* name) const {
    static const Json nothing = Json::array();
    const auto found = json_.find(name);
    return found != json_.end() && found->is_array() ? *found : nothing;
  }

 private:
  static bool is_date(const std::string& text) {
    constexpr std::size_t max_bytes = 40;
    return text.size() <= max_bytes && text.find_first_not_of("0123456789-+:.TZ") == std::string::npos;
  }
  const Json& json_;
};

template <typename Fields, typename Some>
void visit_content(Fields& fields, Some& content) {
  fields.text("title", content.title);
  fields.text("author", content.author);
  fields.date("published", content.published);
  fields.date("modified", content.modified);
  fields.text("language", content.language);
  fields.text("site_name", content.site_name);
  fields.link("canonical_url", content.canonical_url);
  fields.text("text", content.text);
  fields.value("pages", content.pages);
}

template <typename Fields, typename Some>
void visit_item(Fields& fields, Some& item) {
  fields.text("id", item.id);
  fields.link("url", item.url);
  fields.text("title", item.title);
  fields.text("author", item.author);
  fields.date("published", item.published);
  fields.date("updated", item.updated);
  fields.text("summary", item.summary);
  fields.text("content", item.content);
}

template <typename Fields, typename Some>
void visit_feed(Fields& fields, Some& feed) {
  fields.text("format", feed.format);
  fields.text("title", feed.title);
  fields.link("url", feed.url);
  fields.text("language", feed.language);
  fields.date("published", feed.published);
  fields.date("modified", feed.modified);
  fields.text("author", feed.author);
  fields.text("mistake", feed.mistake);
  fields.value("min_minutes", feed.revisit.min_minutes);
  fields.value("skipped_hours", feed.revisit.skipped_hours);
  fields.value("skipped_days", feed.revisit.skipped_days);
}

Json to_json(const std::vector<Item>& items) {
  Json json = Json::array();
  for (const Item& item : items) {
    Writer writer;
    visit_item(writer, item);
    json.push_back(std::move(writer).json());
  }
  return json;
}

Json to_json(const Content& content) {
  Writer writer;
  visit_content(writer, content);
  writer.value("pages_without_text", content.pages_without_text);
  const NonContentInfo* info = find_non_content_info(content.non_content);
  writer.text("non_content", info == nullptr ? std::string{} : std::string{info->id});
  return std::move(writer).json();
}

Json to_json(const Feed& feed) {
  Writer writer;
  visit_feed(writer, feed);
  writer.value("items", to_json(feed.items));
  return std::move(writer).json();
}

Json to_json(const Sitemap& map) {
  Writer writer;
  writer.value("is_index", map.is_index);
  writer.text("mistake", map.mistake);
  writer.value("items", to_json(map.items));
  return std::move(writer).json();
}

std::vector<Item> to_items(const Reader& reader) {
  std::vector<Item> items;
  for (const Json& json : reader.list("items")) {
    if (!json.is_object()) continue;
    const Reader fields{json};
    visit_item(fields, items.emplace_back());
  }
  return items;
}

NonContentKind to_non_content(const std::string& id) {
  for (const NonContentInfo& info : list_non_content_kinds())
    if (info.id == id) return info.kind;
  return NonContentKind::none;
}

Content to_content(const Reader& reader) {
  Content content;
  visit_content(reader, content);
  content.pages = std::max(content.pages, 0);
  for (const Json& json : reader.list("pages_without_text")) {
    if (!json.is_number_integer()) continue;
    const auto page = json.get<std::int64_t>();
    if (page >= 1 && page <= content.pages) content.pages_without_text.push_back(static_cast<int>(page));
  }
  std::string non_content;
  reader.text("non_content", non_content);
  content.non_content = to_non_content(non_content);
  return content;
}

Feed to_feed(const Reader& reader) {
  Feed feed;
  visit_feed(reader, feed);
  feed.revisit.min_minutes = std::max<std::int64_t>(feed.revisit.min_minutes, 0);
  feed.items = to_items(reader);
  return feed;
}

Sitemap to_sitemap(const Reader& reader) {
  Sitemap map;
  reader.value("is_index", map.is_index);
  reader.text("mistake", map.mistake);
  map.items = to_items(reader);
  return map;
}

Json to_json(const Error& error) {
  return {{"code", error_code_name(error.code)},
          {"message", error.message},
          {"where", error.where},
          {"advice", error.advice}};
}

Error to_error(const Reader& reader) {
  Error error;
  std::string code;
  reader.text("code", code);
  reader.text("message", error.message);
  reader.text("where", error.where);
  reader.text("advice", error.advice);
  constexpr std::size_t max_characters = 300;
  for (std::string* text : {&error.message, &error.where, &error.advice})
    *text = truncate_at_word(*text, max_characters);
  const auto found = std::ranges::find(answerable_codes, code, error_code_name);
  error.code = found == answerable_codes.end() ? ErrorCode::invalid_argument : *found;
  return error;
}

}  // namespace

std::string encode_request(const DocumentBytes& document) {
  const Json json{{"program", program_version()},
                  {"kind", static_cast<int>(document.kind)},
                  {"content_type", document.content_type},
                  {"address", document.address},
                  {"bytes", Json::binary({document.bytes.begin(), document.bytes.end()})}};
  std::string message;
  Json::to_cbor(json, nlohmann::detail::output_adapter<char>(message));
  return message;
}

std::optional<ReadingRequest> decode_request(std::string_view message) {
  const Json json = Json::from_cbor(message.begin(), message.end(), true, false);
  if (!json.is_object()) return std::nullopt;
  const Reader reader{json};
  std::string program;
  int kind = -1;
  ReadingRequest request;
  reader.text("program", program);
  reader.value("kind", kind);
  reader.text("content_type", request.content_type);
  reader.text("address", request.address);
  const auto bytes = json.find("bytes");
  if (program != program_version() || bytes == json.end() || !bytes->is_binary()) return std::nullopt;
  if (kind < 0 || kind >= static_cast<int>(ContentKind::unknown)) return std::nullopt;
  request.kind = static_cast<ContentKind>(kind);
  request.bytes = to_bytes(bytes->get_binary());
  return request;
}

std::string encode_answer(const Result<Document>& answer) {
  const Json json = answer.ok() ? std::visit([](const auto& document) { return to_json(document); }, *answer)
                                : Json{{"error", to_json(answer.error())}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Document> decode_answer(std::string_view message, ContentKind kind) {
  const Json json = is_parsable(message) ? Json::parse(message, nullptr, false) : Json{};
  if (!json.is_object()) return Error{ErrorCode::io, "its reader gave no answer", "", ""};
  const auto error = json.find("error");
  if (error != json.end() && error->is_object()) return to_error(Reader{*error});
  const Reader reader{json};
  if (kind == ContentKind::feed) return Document{to_feed(reader)};
  if (kind == ContentKind::sitemap) return Document{to_sitemap(reader)};
  return Document{to_content(reader)};
}

}  // namespace stubkeeper::crawler
