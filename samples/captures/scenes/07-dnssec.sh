# SPDX-License-Identifier: BSD-3-Clause
# dnssec.pcapng.zst: dig and nsupdate ask an authoritative named. Two signed zones (NSEC, NSEC3), some thirty record types,
# EDNS options, a zone transfer and an update signed with a key (TSIG), NOTIFY, fragments of a large answer.

host client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.1/24
zones=$run/tmp/zones
mkdir $zones
cat > $zones/remora.example <<'END'
$TTL 3600
@	SOA ns1 hostmaster 2026010100 7200 3600 1209600 300
	NS ns1
	NS ns2
	MX 10 mail
	A 192.0.2.80
	AAAA 2001:db8:1::80
	TXT "v=spf1 mx -all" "with \"quotes\" and \007 bell"
	CAA 0 issue "ca.remora.example"
	HTTPS 1 . alpn="h2,http/1.1" port=8443 ipv4hint=192.0.2.80 ipv6hint=2001:db8:1::80
	LOC 54 10 30.5 N 10 20 40 E 12m 1m 100m 10m
	HINFO "PICO" "REMORA"
	RP hostmaster.remora.example. contact.remora.example.
	SPF "v=spf1 mx -all"
ns1	A 192.0.2.1
ns2	A 192.0.2.2
mail	A 192.0.2.25
www	CNAME @
old	DNAME new.example.
*.wild	A 192.0.2.99
a\.b	A 192.0.2.98
_dns	SVCB 2 ns1 alpn=dot port=853 key65000="x"
alias	SVCB 0 ns1
_sip._udp	SRV 10 5 5060 sip
_443._tcp	TLSA 3 1 1 C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FF
ssh	SSHFP 4 2 C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FF
tel	NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@remora.example!" .
misc	URI 10 1 "https://remora.example/"
	AFSDB 1 afs
	X25 "311061700956"
	ISDN "150862028003217" "004"
	RT 10 relay
	PX 10 map822 mapx400
	KX 10 kx
	NSAP 0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00
	EUI48 02-00-00-00-00-01
	EUI64 02-00-00-ff-fe-00-00-01
	CERT 1 12179 3 AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8no
	APL 1:192.0.2.0/24 !1:192.0.2.64/28 2:2001:db8::/32
	DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
	IPSECKEY 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
	OPENPGPKEY AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
	SMIMEA 3 0 1 C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FF
	CSYNC 2026010100 3 A NS AAAA
	NID 10 0014:4fff:ff20:ee64
	L32 10 198.51.100.2
	L64 10 2001:0DB8:1140:1000
	LP 10 l64
	TYPE65280 \# 4 0A000001
END
for i in $(seq 40); do
	printf 'big\tTXT "%s %03d"\n' 'a text that is long enough to fill the answer with it many times' "$i"
done >> $zones/remora.example
cat > $zones/ship.example <<'END'
$TTL 60
@	SOA ns1 hostmaster 1 7200 3600 1209600 300
	NS ns1
ns1	A 192.0.2.1
crow	A 192.0.2.3
END
(
	cd $zones
	for zone in remora.example ship.example; do
		dnssec-keygen -q -a ECDSAP256SHA256 $zone
		dnssec-keygen -q -a ECDSAP256SHA256 -f KSK $zone
	done
	dnssec-signzone -S -q -o remora.example -P remora.example
	dnssec-signzone -S -q -o ship.example -P -3 c0ffee -H 5 ship.example
	cat dsset-remora.example. > signer.txt
) >$run/log/dnssec 2>&1
cat > $run/tmp/named.conf <<END
key "transfer.remora.example" { algorithm hmac-sha256; secret "c2hhcmtzIHN3aW0gd2l0aCByZW1vcmFzIQ=="; };
options {
	directory "$zones"; pid-file none; listen-on { 192.0.2.1; }; listen-on-v6 { none; }; recursion no;
	empty-zones-enable no; dnssec-validation no; server-id "reef"; version "named"; hostname none; notify explicit; notify-delay 0;
	check-names primary ignore;
	max-udp-size 4096; edns-udp-size 4096; session-keyfile none; managed-keys-directory "$zones";
};
controls { };
zone "remora.example" { type primary; file "remora.example.signed"; allow-transfer { key transfer.remora.example; }; };
zone "ship.example" { type primary; file "ship.example.signed"; };
zone "cargo.example" {
	type primary; file "cargo.example"; allow-update { key transfer.remora.example; };
	allow-transfer { any; }; also-notify { 192.0.2.10; };
};
END
sed 1,2d $zones/ship.example | sed '1i $TTL 60\n@ SOA ns1 hostmaster 1 7200 3600 1209600 300' > $zones/cargo.example
serve server 'sport = 53' named -g -n 1 -c $run/tmp/named.conf

ask() {
	gently client dig +tries=1 +timeout=2 @192.0.2.1 "$@"
}

record client dnssec.pcapng 'dig and nsupdate ask named: DNSSEC, thirty types, EDNS options, AXFR, UPDATE, TSIG' -i eth0
for type in SOA NS DNSKEY MX TXT CAA HTTPS LOC HINFO RP SPF NSEC; do
	ask remora.example $type +norecurse
done
ask remora.example A +dnssec
ask nobody.remora.example A +dnssec
ask any.wild.remora.example A +dnssec
ask nobody.ship.example A +dnssec
ask crow.ship.example AAAA +dnssec
ask ship.example DNSKEY +dnssec
ask ship.example NSEC3PARAM
ask x.old.remora.example A
ask 'a\.b.remora.example' A
ask _dns.remora.example SVCB
ask alias.remora.example SVCB
for type in URI AFSDB X25 ISDN RT PX KX NSAP EUI48 EUI64 CERT APL DHCID IPSECKEY OPENPGPKEY SMIMEA CSYNC \
	NID L32 L64 LP TYPE65280; do
	ask misc.remora.example $type +noedns
done
ask remora.example A +nsid +cookie=0011223344556677 +subnet=2001:db8::/56
ask remora.example A +padding=128 +expire
ask remora.example SOA +tcp +keepalive +expire
ask remora.example A +edns=1 +noednsneg
ask remora.example A +ednsopt=65001:c0ffee +zflag +ednsflags=0x40
ask remora.example A +opcode=status
ask elsewhere.test A
ask big.remora.example TXT +bufsize=4096 +noignore
ask remora.example AXFR -y hmac-sha256:transfer.remora.example:c2hhcmtzIHN3aW0gd2l0aCByZW1vcmFzIQ==
ask remora.example A -y hmac-sha256:transfer.remora.example:d3Jvbmcga2V5
gently client nsupdate -y hmac-sha256:transfer.remora.example:c2hhcmtzIHN3aW0gd2l0aCByZW1vcmFzIQ== <<'END'
server 192.0.2.1
zone cargo.example
prereq nxdomain rum.cargo.example
update add rum.cargo.example 60 A 192.0.2.66
update delete crow.cargo.example A
send
END
ask cargo.example IXFR=1
sleep 1                                       # NOTIFY
stop_recording
pack dnssec.pcapng zst
