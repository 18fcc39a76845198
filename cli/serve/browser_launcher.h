#pragma once

#include <string>

#include "cli/session.h"

namespace stubkeeper::cli {

// Opens an address in the person's browser, where there is a desktop to open one on. The address has a
// secret, and every user of a machine can read the arguments of programs; so the browser is given a file
// instead, which only this user can read and which leads there. The file goes when the object does.
class BrowserLauncher {
 public:
  BrowserLauncher(const Session& session, const std::string& folder, const std::string& address);
  ~BrowserLauncher();
  BrowserLauncher(const BrowserLauncher&) = delete;
  BrowserLauncher& operator=(const BrowserLauncher&) = delete;

 private:
  std::string file_;  // "" where none was opened
};

}  // namespace stubkeeper::cli
