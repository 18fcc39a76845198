#pragma once

#include "entries/document.h"
#include "kb/store/bodies.h"

namespace stubkeeper::kb {

// A text for an entry, read and packed: the part of adding a revision that needs no store.
struct RevisionText {
  entries::Document document;
  CompressedBody body;
};

// compress_body()'s errors.
inline Result<RevisionText> make_revision_text(entries::Document document) {
  STUBKEEPER_ASSIGN(auto body, compress_body(document.print()));
  return RevisionText{std::move(document), std::move(body)};
}

}  // namespace stubkeeper::kb
