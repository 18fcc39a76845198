#pragma once

#include <string>

#include "base/result.h"
#include "kb/entries/records.h"

namespace stubkeeper::kb {

// Converts a page between the store's text and the site's, where the two differ. The store's text
// never has what a rendering adds.
class PageRenderer {
 public:
  virtual ~PageRenderer() = default;

  // Whether files have other names on the site, so that moves on disk cannot be followed.
  virtual bool renames_files() const = 0;

  // Whether the entry's page is the same on the site as in the store, for any text.
  virtual bool is_rendered_as_stored(const Entry& entry) const = 0;

  // The file of a page below the export folder, from its file in the store.
  virtual std::string file_of(const std::string& store_file) const = 0;

  // The site's text for a text of the store.
  virtual Result<std::string> render(const Entry& entry, const std::string& store_text) const = 0;

  // The store's text for a hand-edited page: `rendered` is the rendering of `store_text`, `disk`
  // the file now. Unedited parts come back as in `store_text`.
  virtual std::string to_store_text(const Entry& entry, const std::string& store_text,
                                    const std::string& rendered, const std::string& disk) const = 0;
};

}  // namespace stubkeeper::kb
