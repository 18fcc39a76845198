#pragma once

#include <string_view>
#include <variant>

#include "base/result.h"
#include "crawler/content.h"

namespace stubkeeper::crawler {

// A document's bytes, and what is known of them.
struct DocumentBytes {
  ContentKind kind = ContentKind::unknown;
  std::string_view bytes;
  std::string_view content_type;
  std::string_view address;  // of a text file: its name
};

// A feed, a sitemap, or the content of all other kinds.
using Document = std::variant<Content, Feed, Sitemap>;

// Whether reading such a document may take long or much memory, by its form: a PDF, what is compressed, and all above
// 1 MB.
bool is_heavy(const DocumentBytes& document);

// Reads documents, as a seam.
class DocumentReader {
 public:
  virtual ~DocumentReader() = default;

  // The alternative of the document's kind. Errors: those of the kind's parse function; limit, where the document is
  // too heavy to read; busy, where the program was asked to stop; io, where the reader could not be started or
  // spoken to, which is no fault of the document's; unsupported for an unknown kind.
  virtual Result<Document> read(const DocumentBytes& document) = 0;
  // The same with a quarter of the time and half of the memory, for a document that is suspected of having ended the
  // program before.
  virtual Result<Document> read_suspected(const DocumentBytes& document) = 0;
};

// Whether an error of a reader says nothing of the document.
bool is_reader_failure(const Error& error);

// Reads in this process, without limits.
class DirectReader final : public DocumentReader {
 public:
  Result<Document> read(const DocumentBytes& document) override;
  Result<Document> read_suspected(const DocumentBytes& document) override { return read(document); }
};

// read() for kinds of which only one alternative can come.
Result<Content> read_content(DocumentReader& reader, const DocumentBytes& document);
Result<Feed> read_feed(DocumentReader& reader, const DocumentBytes& document);
Result<Sitemap> read_sitemap(DocumentReader& reader, const DocumentBytes& document);

}  // namespace stubkeeper::crawler
