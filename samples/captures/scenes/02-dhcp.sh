# SPDX-License-Identifier: BSD-3-Clause
# dhcp.pcapng: dhclient and dnsmasq. A refusal of a remembered address (NAK), discovery, renewal, rebinding when the
# server no longer answers, release.

host client server
cable client eth0 01 server eth0 02
addr server eth0 192.0.2.1/24
serve server 'sport = 67' dnsmasq -k -C /dev/null -R -h -p 0 --log-facility=- -u root -x $run/tmp/dnsmasq.pid -l $run/tmp/leases \
	--interface=eth0 --no-ping --dhcp-authoritative --domain=remora.example \
	--dhcp-range=192.0.2.100,192.0.2.199,2m --dhcp-host=02:00:00:00:00:01,192.0.2.100,reader \
	--dhcp-option=option:router,192.0.2.1,192.0.2.2 --dhcp-option=option:dns-server,192.0.2.1,192.0.2.53 \
	--dhcp-option=option:ntp-server,192.0.2.1 --dhcp-option=option:T1,2s --dhcp-option=option:T2,9s \
	--dhcp-option=option:mtu,1492 --dhcp-option=option:domain-search,remora.example,ship.remora.example \
	--dhcp-option=option:classless-static-route,198.51.100.0/24,192.0.2.2,203.0.113.128/25,192.0.2.3 \
	--dhcp-option=option:tftp-server,boot.remora.example --dhcp-option=option:bootfile-name,remora.efi \
	--dhcp-option=option:log-server,192.0.2.7 --dhcp-option=vendor:remora,1,192.0.2.9
cat > $run/tmp/dhclient.conf <<'END'
option rfc3442-classless-static-routes code 121 = array of unsigned integer 8;
timeout 10;
initial-interval 1;
send host-name "reader";
send vendor-class-identifier "remora:1.0";
send user-class "\005shark";
send dhcp-client-identifier 1:02:00:00:00:00:01;
send dhcp-lease-time 300;
request subnet-mask, broadcast-address, time-offset, routers, domain-name, domain-name-servers, domain-search,
	host-name, ntp-servers, interface-mtu, rfc3442-classless-static-routes, tftp-server-name, bootfile-name,
	log-servers, vendor-encapsulated-options;
END
cat > $run/tmp/client.leases <<'END'
lease {
  interface "eth0";
  fixed-address 198.51.100.7;
  option subnet-mask 255.255.255.0;
  option dhcp-server-identifier 198.51.100.1;
  renew 6 2038/01/02 00:00:00;
  rebind 6 2038/01/02 00:00:00;
  expire 6 2038/01/02 00:00:00;
}
END

record client dhcp.pcapng 'dhclient and dnsmasq: NAK, lease, renewal, rebinding, release' -i eth0
dhcp_client client -1
until_true logged server-dnsmasq 2 DHCPACK    # T1: the client renews with its server
drop server 'ip daddr 192.0.2.1 udp dport 67'
until_true logged server-dnsmasq 3 DHCPACK    # T2: that one does not answer, the client asks everyone
at server nft flush ruleset
dhcp_client client -r
stop_recording
