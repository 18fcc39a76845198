#pragma once

#include <string>

#include "base/result.h"
#include "kb/records.h"

namespace stubkeeper::kb {

// How the store's text of a page becomes the site's, where the two differ. The store's text never holds what
// a rendering adds.
class PageRenderer {
 public:
  virtual ~PageRenderer() = default;

  // Whether files have other names on the site than in the store. Moves on disk cannot be followed then.
  virtual bool renames_files() const = 0;

  // Whether the entry's page is the same on the site as in the store, whatever its text.
  virtual bool is_rendered_as_stored(const Entry& entry) const = 0;

  // The file of a page below the export folder, from its file in the store.
  virtual std::string file_of(const std::string& store_file) const = 0;

  // The site's text of a text that the store has or is about to have.
  virtual Result<std::string> render(const Entry& entry, const std::string& store_text) const = 0;

  // What a person made of a page, as a text of the store: `rendered` is what was rendered of `store_text`,
  // `disk` what stands there now. What the person left alone comes back as it was.
  virtual std::string to_store_text(const Entry& entry, const std::string& store_text,
                                const std::string& rendered, const std::string& disk) const = 0;
};

}  // namespace stubkeeper::kb
