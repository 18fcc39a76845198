#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crawler/reading/document_reader.h"

namespace stubkeeper::crawler {

// The request to a reader process (CBOR, RFC 8949) and its answer (JSON, as its parser does not recurse).

// A request that was decoded, with its bytes.
struct ReadingRequest {
  ContentKind kind = ContentKind::unknown;
  std::string bytes;
  std::string content_type;
  std::string address;

  DocumentBytes document() const { return {kind, bytes, content_type, address}; }
};

std::string encode_request(const DocumentBytes& document);
// Nothing where it is none, or of another version of the program.
std::optional<ReadingRequest> decode_request(std::string_view message);

std::string encode_answer(const Result<Document>& answer);

// An answer as its reader gave it, which a hostile document may have taken over: it is accepted as far as it is
// what a reader may say. Texts are made valid UTF-8 without NUL; dates, links, page numbers and codes are dropped
// where they are none. Error: that of the answer; io where it is no answer to a document of this kind.
Result<Document> decode_answer(std::string_view message, ContentKind kind);

}  // namespace stubkeeper::crawler
