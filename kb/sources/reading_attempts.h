#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A document that was begun to be read and neither read nor refused: it is suspected of having ended the run.
struct ReadingAttempt {
  int attempts = 0;
  std::optional<Timestamp> rests_until;  // of a document that is not read before
};

// Attempts to read documents that have not come to an end, by the document's address. Errors: the store cannot be
// used.
class ReadingAttempts {
 public:
  explicit ReadingAttempts(Store& store) : store_(store) {}

  // An attempt begins; ends in order, however the document was; or was broken off by a person's wish, which counts
  // as none.
  Status begin(const std::string& address, Timestamp now);
  Status end(const std::string& address);
  Status take_back(const std::string& address);

  // The document is not read before that time. The next attempt ends the rest.
  Status rest(const std::string& address, Timestamp until);

  Result<std::map<std::string, ReadingAttempt>> list();
  Result<int> count(const std::string& address);  // 0: the document is not suspected

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
