#pragma once

#include <memory>
#include <string>
#include <vector>

struct x509_st;
struct evp_pkey_st;

namespace stubkeeper::testing {

struct FreeCertificate {
  void operator()(x509_st* certificate) const;
};
struct FreeKey {
  void operator()(evp_pkey_st* key) const;
};

// A server's certificate with its key.
struct TestCertificate {
  std::unique_ptr<x509_st, FreeCertificate> certificate;
  std::unique_ptr<evp_pkey_st, FreeKey> key;

  std::string certificate_pem() const;
  std::string key_pem() const;
};

// A certificate authority of its own, which nobody trusts who was not told to.
class TestAuthority {
 public:
  TestAuthority();

  // A certificate for these names, as in subjectAltName: "DNS:example.test", "IP:127.0.0.1". It ends `days`
  // from now; a negative number of days ago.
  TestCertificate issue(const std::vector<std::string>& names, int days = 30) const;

  // What a client is to trust.
  std::string pem() const { return own_.certificate_pem(); }

 private:
  TestCertificate own_;
};

}  // namespace stubkeeper::testing
