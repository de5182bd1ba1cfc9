# SPDX-License-Identifier: BSD-3-Clause
# tls.pcapng: curl and nginx with a certificate that nobody vouches for. TLS 1.2 and 1.3, with and without a server
# name, with and without ALPN, a resumed session, a hello that must be retried, and two failures.

host client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.80/24
echo '192.0.2.80 web.remora.example' >> $run/hosts
page server 192.0.2.80
url=https://web.remora.example/
fetch() {
	gently client curl -sS --insecure --max-time 5 "$@"
}
connect() { # waits a little for the session that comes after the handshake
	sleep 0.5 | gently client openssl s_client -connect 192.0.2.80:443 "$@"
}

record client tls.pcapng 'curl, openssl and nginx: TLS 1.2 and 1.3' -i eth0
fetch $url
fetch --http1.1 --tls-max 1.2 $url
fetch --no-alpn https://192.0.2.80/
fetch $url
fetch --http1.1 --curves P-256 $url
connect -tls1_3 -servername web.remora.example -alpn h2,http/1.1 -sess_out $run/tmp/session
connect -tls1_3 -servername web.remora.example -sess_in $run/tmp/session
connect -tls1_2 -servername web.remora.example -cipher ECDHE-ECDSA-CHACHA20-POLY1305 -status
connect -tls1_3 -groups X448:P-384 -servername other.remora.example
connect -tls1_3 -groups X25519 -ciphersuites TLS_AES_128_GCM_SHA256
connect -tls1_2 -cipher AES128-SHA
gently client curl -sS --max-time 2 $url
stop_recording
