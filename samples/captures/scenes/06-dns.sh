# SPDX-License-Identifier: BSD-3-Clause
# dns.pcapng: dig and the C library's resolver ask dnsmasq. Every type that dnsmasq serves, EDNS, names that are not
# there, refusals, an answer cut short and asked for again over TCP.

host client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.1/24
texts=$(seq -f '--txt-record=long.remora.example,line-%03g-of-a-text-that-does-not-fit-into-512-bytes' 12)
serve server 'sport = 53' dnsmasq -k -C /dev/null -R -h -u root -x $run/tmp/dnsmasq.pid \
	--listen-address=192.0.2.1 --bind-interfaces --local=/remora.example/ --domain=remora.example --local-ttl=300 \
	--host-record=web.remora.example,192.0.2.80,2001:db8:1::80,600 --host-record=mail.remora.example,192.0.2.25 \
	--cname=www.remora.example,web.remora.example --mx-host=remora.example,mail.remora.example,10 \
	--mx-host=remora.example,backup.remora.example,20 --ptr-record=_http._tcp.remora.example,page.remora.example \
	--srv-host=_sip._udp.remora.example,sip.remora.example,5060,10,5 \
	--txt-record=remora.example,'v=spf1 mx -all','swims with sharks' --txt-record=empty.remora.example \
	--naptr-record=remora.example,10,20,u,E2U+sip,'!^.*$!sip:info@remora.example!',. \
	--naptr-record=tel.remora.example,10,20,s,SIP+D2U,,_sip._udp.remora.example \
	--caa-record=remora.example,0,issue,ca.remora.example --caa-record=remora.example,128,iodef,mailto:ca@remora.example \
	--dns-rr=dnskey.remora.example,43,30390D02C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FF \
	--dns-rr=_443._tcp.web.remora.example,52,030101C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FF \
	--dns-rr=ssh.remora.example,44,0402C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEE00 \
	--dns-rr=new.remora.example,65280,0102030405 \
	$texts

ask() {
	gently client dig +tries=1 +timeout=2 +nocookie @192.0.2.1 "$@"
}

record client dns.pcapng 'dig asks dnsmasq: many types, EDNS, truncation, TCP' -i eth0
ask web.remora.example A
ask web.remora.example AAAA +noedns
ask www.remora.example A
ask www.remora.example AAAA
ask WwW.rEmOrA.eXaMpLe A +noedns
ask remora.example MX
ask remora.example TXT
ask empty.remora.example TXT
ask _sip._udp.remora.example SRV
ask _http._tcp.remora.example PTR
ask -x 192.0.2.80
ask -x 2001:db8:1::80
ask remora.example NAPTR
ask tel.remora.example NAPTR
ask remora.example CAA
ask dnskey.remora.example DS
ask _443._tcp.web.remora.example TLSA
ask ssh.remora.example SSHFP
ask new.remora.example TYPE65280
ask web.remora.example ANY
ask nobody.remora.example A
ask remora.example HINFO
ask elsewhere.example A
ask . NS +noedns
ask version.bind TXT CH
ask web.remora.example A +norecurse +cd +ad +bufsize=4096
ask web.remora.example A +dnssec +subnet=198.51.100.0/24
ask web.remora.example A +nsid +cookie
ask web.remora.example A +tcp
ask long.remora.example TXT +noedns +ignore
ask long.remora.example TXT +noedns
ask long.remora.example TXT +bufsize=1232
gently client dig +tries=1 +tcp +keepopen @192.0.2.1 web.remora.example A mail.remora.example A remora.example MX
gently client getent ahosts web.remora.example
stop_recording
