# SPDX-License-Identifier: BSD-3-Clause
# udp.pcapng: UDP without a checksum, empty, to a multicast group; UDP-Lite with whole and with partial coverage.
# quic.pcapng: ngtcp2's client and server speak HTTP/3: long and short headers, version negotiation, retry.

host6 client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24 2001:db8:1::10/64
addr server eth0 192.0.2.80/24 2001:db8:1::80/64
until_true settled client eth0
until_true settled server eth0
ip -n client route add 224.0.0.0/4 dev eth0

record client udp.pcapng 'UDP with and without checksums, UDP-Lite' -i eth0
gently client python3 - <<'END'
import socket
UDPLITE, SEND_COVERAGE, NO_CHECK = 136, 10, 11
def send(family, address, protocol, data, *options):
    s = socket.socket(family, socket.SOCK_DGRAM, protocol)
    for option in options:
        s.setsockopt(*option)
    s.sendto(data, address)
here, there = ("192.0.2.80", 4000), ("2001:db8:1::80", 4000)
send(socket.AF_INET, here, 0, b"a word")
send(socket.AF_INET, here, 0, b"")
send(socket.AF_INET, here, 0, b"no sum", (socket.SOL_SOCKET, NO_CHECK, 1))
send(socket.AF_INET, ("233.252.0.7", 4000), 0, b"to a group", (socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 3))
send(socket.AF_INET, ("192.0.2.255", 4000), 0, b"to all", (socket.SOL_SOCKET, socket.SO_BROADCAST, 1))
send(socket.AF_INET, here, 0, b"with a router's alert", (socket.IPPROTO_IP, socket.IP_OPTIONS, b"\x94\x04\0\0"))
send(socket.AF_INET, here, 0, b"along a loose route",
     (socket.IPPROTO_IP, socket.IP_OPTIONS, b"\x01\x83\x07\x04" + socket.inet_aton("192.0.2.80")))
send(socket.AF_INET6, there, 0, b"a word")
send(socket.AF_INET6, there, 0, b"jumps", (socket.IPPROTO_IPV6, socket.IPV6_HOPOPTS, b"\0\0\x05\x02\0\0\x01\0"))
send(socket.AF_INET6, there, 0, b"arrives", (socket.IPPROTO_IPV6, socket.IPV6_DSTOPTS, b"\0\0\x1e\x04abcd"))
try:
    send(socket.AF_INET, here, UDPLITE, b"all of it is covered")
    send(socket.AF_INET, here, UDPLITE, b"only the head is covered", (UDPLITE, SEND_COVERAGE, 8))
    send(socket.AF_INET, here, UDPLITE, b"the head and four", (UDPLITE, SEND_COVERAGE, 12))
    send(socket.AF_INET6, there, UDPLITE, b"the head and six", (UDPLITE, SEND_COVERAGE, 14))
except OSError as e:
    print("this kernel has no UDP-Lite:", e)
END
stop_recording

echo '192.0.2.80 web.remora.example' >> $run/hosts
echo 'It swims with sharks.' > $run/www/index.html
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=web.remora.example \
	-keyout $run/tmp/key.pem -out $run/tmp/cert.pem 2>/dev/null
quic() { # PORT SERVER-OPTIONS
	local port=$1
	shift
	serve server "sport = $port" gtlsserver -q -d $run/www "$@" 192.0.2.80 $port $run/tmp/key.pem $run/tmp/cert.pem
}
get() { # PORT OPTIONS
	local port=$1
	shift
	gently client timeout 3 gtlsclient -q --exit-on-all-streams-close "$@" 192.0.2.80 $port https://web.remora.example/
}
record client quic.pcapng 'ngtcp2: QUIC and HTTP/3' -i eth0 -f 'udp or icmp'
quic 443
get 443
get 443 -v 0x1a2a3a4a
quic 444 -V
get 444
get 446                                                                # nobody listens
stop_recording
