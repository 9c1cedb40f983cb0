#!/bin/sh
# Makes the certificates of the tests anew, in the working directory. Their keys protect nothing. Their dates are given, so that
# tests pass whatever the clock of the machine says.
set -eu
START=20200101000000Z
END=21200101000000Z
mkdir issued
touch issued/index.txt
cat > ca.cnf <<'CONFIG'
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
CONFIG
request() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -out request.csr -subj "/CN=$2" -addext "$3"
}
sign() {
  openssl ca -batch -notext -config ca.cnf -in request.csr "$@"
}
issue() {
  request "$1" "$2" "subjectAltName=DNS:$2"
  sign -out "$1.crt" -startdate "$3" -enddate "$4"
}
request ca "Authority of the tests" basicConstraints=critical,CA:TRUE
sign -selfsign -keyfile ca.key -out ca.crt -startdate $START -enddate $END
request self localhost subjectAltName=DNS:localhost
sign -selfsign -keyfile self.key -out self.crt -startdate $START -enddate $END
issue good localhost $START $END
issue other other.example $START $END
issue expired localhost 20200101000000Z 20210101000000Z
issue future localhost 21200101000000Z 21210101000000Z
rm -r issued ca.cnf ca.key request.csr
