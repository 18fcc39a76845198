#include <CLI/CLI.hpp>
#include <map>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/configured.h"
#include "crawler/content.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t max_bytes = 64'000'000;

const std::map<std::string, crawler::ContentKind> kinds{{"feed", crawler::ContentKind::feed},
                                                        {"page", crawler::ContentKind::page},
                                                        {"pdf", crawler::ContentKind::pdf},
                                                        {"sitemap", crawler::ContentKind::sitemap},
                                                        {"text", crawler::ContentKind::text}};

struct Options {
  std::string type;
  std::string url;
  std::vector<std::string> files;
};

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json content_json(const std::string& file, const char* type, const crawler::Content& content) {
  const crawler::NonContentInfo* kind = crawler::find_non_content_info(content.non_content);
  return {{"file", file},
          {"type", type},
          {"title", or_null(content.title)},
          {"author", or_null(content.author)},
          {"published", or_null(content.published)},
          {"modified", or_null(content.modified)},
          {"language", or_null(content.language)},
          {"site_name", or_null(content.site_name)},
          {"canonical_url", or_null(content.canonical_url)},
          {"text", or_null(content.text)},
          {"not_content", kind == nullptr ? Json(nullptr) : Json(kind->id)},
          {"error", nullptr}};
}

Json items_json(const std::vector<crawler::Item>& items) {
  Json json = Json::array();
  for (const crawler::Item& item : items) {
    json.push_back({{"id", or_null(item.id)},
                    {"url", or_null(item.url)},
                    {"title", or_null(item.title)},
                    {"author", or_null(item.author)},
                    {"published", or_null(item.published)},
                    {"updated", or_null(item.updated)},
                    {"summary", or_null(item.summary)},
                    {"content", or_null(item.content)}});
  }
  return json;
}

Json warning_json(const std::string& mistake) {
  return mistake.empty() ? Json(nullptr) : Json("the XML is ill-formed, " + mistake);
}

Json feed_json(const std::string& file, const crawler::Feed& feed) {
  crawler::Content content;
  content.title = feed.title;
  content.author = feed.author;
  content.published = feed.published;
  content.modified = feed.modified;
  content.language = feed.language;
  content.canonical_url = feed.url;
  Json json = content_json(file, "feed", content);
  json["format"] = feed.format;
  json["warning"] = warning_json(feed.mistake);
  json["items"] = items_json(feed.items);
  return json;
}

Json sitemap_json(const std::string& file, const crawler::Sitemap& map) {
  Json json = content_json(file, "sitemap", {});
  json["format"] = map.is_index ? "sitemap index" : "sitemap";
  json["warning"] = warning_json(map.mistake);
  json["items"] = items_json(map.items);
  return json;
}

// The type that the user named, else that of the bytes.
std::string detect_type(const Options& options, const std::string& bytes, const std::string& file) {
  if (!options.type.empty()) return options.type;
  const auto kind = crawler::detect_content_kind(bytes, "", options.url.empty() ? file : options.url);
  for (const auto& [name, each] : kinds)
    if (each == kind) return name;
  return "page";
}

Result<Json> read_file(const Session& session, const Options& options, const std::string& file,
                       std::string& type) {
  STUBKEEPER_ASSIGN(const std::string bytes,
                    session.environment.files.read(session.absolute_path(file), max_bytes));
  type = detect_type(options, bytes, file);
  const crawler::ContentKind kind = kinds.at(type);
  crawler::BoxedReader reader = configured_reader(session);
  STUBKEEPER_ASSIGN(const crawler::Document document,
                    reader.read({kind, bytes, "", kind == crawler::ContentKind::text ? file : options.url}));
  if (const auto* feed = std::get_if<crawler::Feed>(&document)) return feed_json(file, *feed);
  if (const auto* map = std::get_if<crawler::Sitemap>(&document)) return sitemap_json(file, *map);
  const auto& content = std::get<crawler::Content>(document);
  Json json = content_json(file, type.c_str(), content);
  if (kind == crawler::ContentKind::pdf) {
    json["pages"] = content.pages;
    json["pages_without_text"] = content.pages_without_text;
  }
  return json;
}

Result<int> extract(const Session& session, const Options& options) {
  bool all_read = true;
  for (const std::string& file : options.files) {
    std::string type = options.type.empty() ? "page" : options.type;
    const Result<Json> read = read_file(session, options, file, type);
    Json json;
    if (read.ok()) {
      json = *read;
    } else {
      json = content_json(file, type.c_str(), {});
      json["error"] = read.error().text();
      all_read = false;
    }
    if (!session.environment.keep_going()) return failed_or_found;
    session.environment.out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
  return all_read ? done : failed_or_found;
}

}  // namespace

void add_extract_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "extract", "Print what the crawler reads in files, as JSON lines",
                          R"(  stubkeeper extract page.html --url https://example.org/news/
  stubkeeper extract --type feed feed.xml | jq .items

Needs no knowledge base. Exit code 1 if a file cannot be read; its line says why.)");
  command->add_option("file", options->files, "Files to read")->required()->type_name("FILE");
  command->add_option("--type", options->type, "Their kind: page, feed, pdf, sitemap or text (else detected)")
      ->check(CLI::IsMember({"page", "feed", "pdf", "sitemap", "text"}))
      ->type_name("TYPE");
  command->add_option("--url", options->url, "Address of the files, to resolve relative links")
      ->type_name("URL");
  session.on_command(command, options, extract);
}

}  // namespace stubkeeper::cli
