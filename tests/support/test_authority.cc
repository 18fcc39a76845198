#include "tests/support/test_authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "tests/support/catch.h"

namespace stubkeeper::testing {
namespace {

constexpr long seconds_a_day = 24L * 60 * 60;

template <typename Write>
std::string pem_of(const Write& write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory{BIO_new(BIO_s_mem()), BIO_free};
  REQUIRE(write(memory.get()) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

void add_extension(X509* certificate, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension{
      X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()), X509_EXTENSION_free};
  REQUIRE(extension);
  REQUIRE(X509_add_ext(certificate, extension.get(), -1) == 1);
}

// A certificate with a new key that nobody has signed yet.
TestCertificate unsigned_certificate(const std::string& subject, long serial, int days) {
  TestCertificate made;
  made.key.reset(EVP_EC_gen("P-256"));
  made.certificate.reset(X509_new());
  X509* certificate = made.certificate.get();
  REQUIRE(made.key);
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -90 * seconds_a_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate), days * seconds_a_day);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate, made.key.get());
  return made;
}

}  // namespace

void FreeCertificate::operator()(x509_st* certificate) const {
  X509_free(certificate);
}
void FreeKey::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

std::string TestCertificate::certificate_pem() const {
  return pem_of([&](BIO* to) { return PEM_write_bio_X509(to, certificate.get()); });
}

std::string TestCertificate::key_pem() const {
  return pem_of([&](BIO* to) {
    return PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

TestAuthority::TestAuthority() : own_(unsigned_certificate("stubkeeper's tests", 1, 90)) {
  X509* certificate = own_.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, NID_key_usage, "critical,keyCertSign");
  REQUIRE(X509_sign(certificate, own_.key.get(), EVP_sha256()) > 0);
}

TestCertificate TestAuthority::issue(const std::vector<std::string>& names, int days) const {
  static long serial = 1;
  TestCertificate made = unsigned_certificate("a server", ++serial, days);
  X509* certificate = made.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(own_.certificate.get()));
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ",") + name;
  add_extension(certificate, NID_subject_alt_name, all);
  REQUIRE(X509_sign(certificate, own_.key.get(), EVP_sha256()) > 0);
  return made;
}

}  // namespace stubkeeper::testing
