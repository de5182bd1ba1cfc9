# SPDX-License-Identifier: BSD-3-Clause
# first-light.pcapng: a client boots. It gets its address, finds its neighbours, asks for names and the time, and fetches
# its first page.

host client server web
lan 01 client server web
addr server eth0 192.0.2.1/24
addr web eth0 192.0.2.80/24
echo 'It swims with sharks.' > $run/www/index.html
cat > $run/tmp/nginx.conf <<END
daemon off; user root; pid $run/tmp/nginx.pid; error_log stderr;
events {}
http { access_log off; server { listen 80; root $run/www; } }
END
serve server 'sport = 53' dnsmasq -k -C /dev/null -R -h -u root -x $run/tmp/dnsmasq.pid -l $run/tmp/leases \
	--listen-address=192.0.2.1 --bind-interfaces --no-ping --dhcp-authoritative --domain=remora.example \
	--dhcp-range=192.0.2.100,192.0.2.199,1h --dhcp-host=02:00:00:00:00:01,192.0.2.100 \
	--dhcp-option=option:ntp-server,192.0.2.1 --host-record=web.remora.example,192.0.2.80 \
	--host-record=ntp.remora.example,192.0.2.1
serve server 'sport = 123' chronyd -d -x -u root \
	'local stratum 2' 'allow 192.0.2.0/24' "pidfile $run/tmp/chronyd.pid" 'cmdport 0' 'bindcmdaddress /'
serve web 'sport = 80' nginx -p $run/tmp -c $run/tmp/nginx.conf

record client first-light.pcapng 'A client boots: DHCP, ARP, DNS, NTP, TCP and HTTP' -i eth0
dhcp_client client -1
at client ping -q -c 2 -i 0.2 192.0.2.1 >/dev/null
at client dig +short +tries=1 web.remora.example >/dev/null
at client chronyd -4 -Q -x -u root "pidfile $run/tmp/chronyd-client.pid" 'cmdport 0' 'bindcmdaddress /' \
	'server ntp.remora.example iburst maxsamples 1' >/dev/null 2>&1
at client curl -4 -sS http://web.remora.example/ http://web.remora.example/shark >/dev/null
at client dhclient -r -cf $run/tmp/dhclient.conf -lf $run/tmp/client.leases -pf $run/tmp/client-dhclient.pid \
	-sf $run/dhclient-script eth0 2>/dev/null
stop_recording

tell first-light.pcapng \
	'dhcp.option.dhcp == 1' 'Power on: the client has no address yet and calls into the dark.' \
	'dhcp.option.dhcp == 2' 'A server offers 192.0.2.100 for an hour.' \
	'dhcp.option.dhcp == 5' 'It is settled: address, router, name server, time server.' \
	'arp.opcode == 1' 'Who is the router? Nothing leaves before its link address is known.' \
	'icmp.type == 8' 'Is it really there?' \
	'dns.qry.name == "web.remora.example"' 'The first name is asked for.' \
	'ntp.flags.mode == 3' 'What time is it?' \
	'ntp.flags.mode == 4' 'Four timestamps, and the client knows the hour.' \
	'tcp.flags == 2' 'Three segments open the connection...' \
	'http.request.uri == "/"' '...and the first page is asked for.' \
	'http.response.code == 200' 'First light: the page arrives.' \
	'http.response.code == 404' 'There is no shark in these waters.' \
	'tcp.flags.fin == 1' 'Both sides say goodbye.' \
	'dhcp.option.dhcp == 7' 'Power off: the address goes back.'
