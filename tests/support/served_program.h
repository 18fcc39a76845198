#pragma once

#include <httplib.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {

// `stubkeeper serve` as a process of its own, on a free port, until the object goes.
class ServedProgram {
 public:
  // Fails the test where it does not begin to listen.
  explicit ServedProgram(const std::string& kb);
  ~ServedProgram();
  ServedProgram(const ServedProgram&) = delete;
  ServedProgram& operator=(const ServedProgram&) = delete;

  int port() const { return port_; }
  const std::string& token() const { return token_; }
  std::string origin() const;  // "http://127.0.0.1:PORT"

  int stop();                                      // asks it to end; its exit code
  const std::string& err() const { return err_; }  // what it wrote to standard error, once it has ended

 private:
  pid_t process_ = -1;
  int out_ = -1;
  int port_ = 0;
  std::string token_;
  TemporaryFolder scratch_;
  std::string err_;
};

// What a browser does: keeps the cookie, and sends the fields of the forms that it was given.
class TestBrowser {
 public:
  explicit TestBrowser(const ServedProgram& served);

  // Gives the token as the page for it does; fails the test where that is not taken.
  void enter();
  httplib::Result get(const std::string& path);
  // With the page's headers of a browser: Origin "null" and Sec-Fetch-Site "same-origin".
  httplib::Result post(const std::string& path, const httplib::Params& fields);
  // The value of a hidden field in the page that was got last; "" where it has none.
  std::string field(const std::string& name) const;
  std::string csrf() const { return field("csrf"); }
  const std::string& cookie() const { return cookie_; }

 private:
  const ServedProgram& served_;
  std::string cookie_;
  std::string page_;
};

}  // namespace stubkeeper::testing
