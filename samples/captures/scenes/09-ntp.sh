# SPDX-License-Identifier: BSD-3-Clause
# ntp.pcapng: chronyd as client and as server, none of which touches the clock of this machine. Plain requests, a
# symmetric key (MAC), interleaved mode, an extension field, two peers, broadcasts, NTS with its cookies (the TLS before
# them stays out), a server that was never set, a packet over IPv6.

host6 client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24 2001:db8:1::10/64
addr server eth0 192.0.2.1/24 2001:db8:1::1/64
printf '1 MD5 HEX:0123456789ABCDEF\n2 SHA1 HEX:0123456789ABCDEF0123456789ABCDEF\n3 SHA256 HEX:00112233445566778899AABBCCDDEEFF
4 AES128 HEX:000102030405060708090A0B0C0D0E0F\n' > $run/tmp/chrony.keys
chmod 600 $run/tmp/chrony.keys
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=ntp.remora.example \
	-addext subjectAltName=DNS:ntp.remora.example -keyout $run/tmp/key.pem -out $run/tmp/cert.pem 2>/dev/null
echo '192.0.2.1 ntp.remora.example' >> $run/hosts

chrony() { # HOST NAME DIRECTIVE...
	local name=$1 id=$2
	shift 2
	mkdir -p "$run/tmp/chrony-$name-$id"
	background "$name" chronyd -d -x -u root "pidfile $run/tmp/chrony-$name-$id/pid" 'cmdport 0' 'bindcmdaddress /' \
		"keyfile $run/tmp/chrony.keys" "$@"
}
samples='iburst minpoll -2 maxpoll -2 maxsamples 4'
chrony server server 'local stratum 2' 'allow all' "ntsserverkey $run/tmp/key.pem" "ntsservercert $run/tmp/cert.pem" \
	"ntsdumpdir $run/tmp/chrony-server-server"
until_true listens server 'sport = 123'
until_true listens server 'sport = 4460'

record client ntp.pcapng 'chronyd and chronyd: NTP with and without keys' -i eth0 -f 'udp portrange 123-3123'
ask() { # PORT COUNT OPTIONS...: some samples by one client
	local port=$1 seconds=$2
	shift 2
	chrony client "ask-$port" "server $*" "acquisitionport $port" 'port 0'
	sleep "$seconds"
	kill "$last"
}
ask 2001 3 "192.0.2.1 $samples"
ask 2002 2 "192.0.2.1 key 1 $samples"
ask 2003 2 "192.0.2.1 key 2 $samples"
ask 2004 2 "192.0.2.1 key 3 $samples"
ask 2005 2 "192.0.2.1 key 4 $samples"
ask 2006 4 "192.0.2.1 xleave $samples"
ask 2007 2 "192.0.2.1 extfield F323 $samples"
ask 2008 2 "192.0.2.1 version 3 $samples"
ask 2009 2 "2001:db8:1::1 $samples"
chrony client nts 'server ntp.remora.example nts iburst minpoll -2 maxpoll -2' "ntstrustedcerts $run/tmp/cert.pem" 'port 0'
sleep 4
kill $last
chrony client peer 'peer 192.0.2.1 port 1123 minpoll -1 maxpoll -1' 'port 123' 'local stratum 3' 'allow all'
peer=$last
chrony server peer 'peer 192.0.2.10 minpoll -1 maxpoll -1' 'port 1123' 'local stratum 4' 'allow all'
sleep 3
kill $last $peer
chrony server shout 'broadcast 1 192.0.2.255' 'port 2123' 'local stratum 3' 'allow all'
sleep 3
kill $last
chrony server unset 'port 3123' 'allow all'
sleep 0.5
chrony client lost 'server 192.0.2.1 port 3123 iburst' 'port 0'
sleep 3
stop_recording
