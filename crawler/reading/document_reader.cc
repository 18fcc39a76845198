#include "crawler/reading/document_reader.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_light_bytes = 1'000'000;

template <typename Kind>
Result<Document> as_document(Result<Kind> parsed) {
  if (!parsed.ok()) return parsed.error();
  return Document{*std::move(parsed)};
}

template <typename Kind>
Result<Kind> read_as(DocumentReader& reader, const DocumentBytes& document) {
  STUBKEEPER_ASSIGN(Document read, reader.read(document));
  if (Kind* kind = std::get_if<Kind>(&read)) return std::move(*kind);
  return Error{ErrorCode::internal, "was read as another kind of document", std::string{document.address},
               ""};
}

}  // namespace

bool is_heavy(const DocumentBytes& document) {
  constexpr std::string_view gzip_magic = "\x1F\x8B";
  return document.kind == ContentKind::pdf || document.bytes.size() > max_light_bytes ||
         document.bytes.starts_with(gzip_magic);
}

bool is_reader_failure(const Error& error) {
  return error.code == ErrorCode::io || error.code == ErrorCode::internal;
}

Result<Document> DirectReader::read(const DocumentBytes& document) {
  const auto& [kind, bytes, content_type, address] = document;
  switch (kind) {
    case ContentKind::page:
      return as_document(parse_page(bytes, content_type, address));
    case ContentKind::feed:
      return as_document(parse_feed(bytes, content_type, address));
    case ContentKind::sitemap:
      return as_document(parse_sitemap(bytes));
    case ContentKind::pdf:
      return as_document(parse_pdf(bytes));
    case ContentKind::text:
      return as_document(parse_text_file(bytes, address));
    case ContentKind::unknown:
      break;
  }
  return Error{ErrorCode::unsupported, "is neither HTML, XML, PDF nor text", std::string{address}, ""};
}

Result<Content> read_content(DocumentReader& reader, const DocumentBytes& document) {
  return read_as<Content>(reader, document);
}

Result<Feed> read_feed(DocumentReader& reader, const DocumentBytes& document) {
  return read_as<Feed>(reader, document);
}

Result<Sitemap> read_sitemap(DocumentReader& reader, const DocumentBytes& document) {
  return read_as<Sitemap>(reader, document);
}

}  // namespace stubkeeper::crawler
