#!/bin/sh
# Makes the certificates of the tests anew, in the working directory. Their keys protect nothing.
set -eu
KEY="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
openssl req -x509 $KEY -keyout ca.key -out ca.crt -subj "/CN=Authority of the tests" -days 36500
openssl req -x509 $KEY -keyout self.key -out self.crt -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 36500
mkdir issued
touch issued/index.txt
cat > ca.cnf <<'END'
[ca]
default_ca = tests
[tests]
database = issued/index.txt
new_certs_dir = issued
rand_serial = yes
certificate = ca.crt
private_key = ca.key
default_md = sha256
policy = names
unique_subject = no
copy_extensions = copy
[names]
commonName = supplied
END
issue() {
  openssl req $KEY -keyout "$1.key" -out request.csr -subj "/CN=$2" -addext "subjectAltName=DNS:$2"
  openssl ca -batch -notext -config ca.cnf -in request.csr -out "$1.crt" -startdate "$3" -enddate "$4"
}
issue good localhost 20200101000000Z 21200101000000Z
issue other other.example 20200101000000Z 21200101000000Z
issue expired localhost 20200101000000Z 20210101000000Z
issue future localhost 21200101000000Z 21210101000000Z
rm -r issued ca.cnf ca.key request.csr
