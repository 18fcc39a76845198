#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/configuration.h"
#include "crawler/content.h"
#include "crawler/fetcher.h"
#include "crawler/reading/document_reader.h"
#include "cron/refusal.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// A document as a response brought it.
struct ParsedDocument {
  std::string identity;  // unique within the source
  std::string address;
  std::string final_address;  // of its text, after redirects
  crawler::Content content;
};

// An address that a source leads to. `fallback_document`, the source's own words on it, is stored where the
// address cannot be fetched.
struct ParsedLink {
  kb::LinkedAddress link;
  std::optional<ParsedDocument> fallback_document;
};

// The documents and links in a response. With a refusal, the rest is empty.
struct ParsedDocuments {
  std::vector<ParsedDocument> documents;
  std::vector<ParsedLink> links;
  int disallowed_links = 0;  // that the source must not list, or no address
  std::string source_title;
  kb::VisitHints hints;
  std::optional<Refusal> refusal;
};

struct ParseContext {
  crawler::DocumentReader& reader;
  std::string_view follow_items = "never";  // [fetch] follow_items
  kb::Store* store = nullptr;               // for what robots.txt files say; none: nothing
};

// The key and field of a configured interval between two visits.
struct VisitInterval {
  std::string_view key;
  std::int64_t config::Configuration::Revisit::*minutes;
};
constexpr VisitInterval page_interval{"revisit.page_minutes", &config::Configuration::Revisit::page_minutes};
constexpr VisitInterval list_interval{"revisit.feed_minutes", &config::Configuration::Revisit::feed_minutes};

// A kind of source: how its addresses look, how often it is visited, and how it is read.
struct SourceKindRules {
  std::string_view name;       // as in the store and after --type
  std::string_view addresses;  // for help: the addresses that suggest it
  VisitInterval interval;
  // It lists other documents: its items come and go, and its links are followed.
  bool is_list = false;
  // Its own words on a link replace a page that cannot be fetched.
  bool has_fallback_documents = false;
  // Its form as the crawler detects it, to say of a page that it is one of these.
  crawler::ContentKind content = crawler::ContentKind::unknown;
  // Whether an http address suggests the kind, and no other: without query, fragment and slash at its end, in
  // lower case. Null: none does.
  bool (*is_suggested_by)(std::string_view address) = nullptr;
  // Error: the store cannot be used, or busy: the program was asked to stop. A response that cannot be read is a
  // refusal.
  Result<ParsedDocuments> (*parse)(const kb::Source& source, const crawler::FetchResponse& response,
                                   const ParseContext& context) = nullptr;
  // Done after "not modified", in its transaction.
  Status (*on_not_modified)(kb::Store& store, kb::Id source, Timestamp now) = nullptr;
};

// All kinds, by name: kinds/NAME_kind.cc gives its own as NAME_kind().
const std::vector<SourceKindRules>& source_kinds();

// The rules of a source, or of a kind by its name; those of a page where the name is unknown.
const SourceKindRules& rules_of(std::string_view kind);
const SourceKindRules& rules_of(const kb::Source& source);

// The width of a column of their names, in bytes.
std::size_t kind_column_width();

// The name of the kind that an address suggests, "page" where none does; of a path, "file".
std::string suggest_source_kind(std::string_view address);

// Shared by the kinds: the refusal of a response that a reader gave an error for, or the error where it was asked
// to stop; a response as one document; whether the source is read for the first time, so that what it lists need
// not be news.
Result<Refusal> refusal_of(const Error& reading_error);
Result<ParsedDocuments> parse_single_document(const kb::Source& source,
                                              const crawler::FetchResponse& response,
                                              const ParseContext& context);
bool is_first_fetch(const kb::Source& source);

// The links of a sitemap, or of an index where `may_be_index`. As sitemaps.org demands, only those on the host
// and below the folder of one of `listers`, or of a site whose robots.txt (as last fetched, in the context's
// store) names one of them as its sitemap, and 50,000 of them; disallowed_links counts the others. Listers are
// the places where the sitemap was read, and its source: it may write what it leads to. `is_backlog`: the
// list is read for the first time. Error: the store cannot be used.
Result<ParsedDocuments> parse_sitemap_links(const crawler::FetchResponse& response,
                                            std::vector<std::string> listers, bool may_be_index,
                                            bool is_backlog, const ParseContext& context);

}  // namespace stubkeeper::cron
