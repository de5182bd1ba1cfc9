# SPDX-License-Identifier: BSD-3-Clause
# dhcpv6.pcapng: dhclient first with dnsmasq (router advertisement, stateless information, one address with a name and
# its confirmation), then with dhcpd (addresses, temporary addresses and a delegated prefix; renewal, rebinding,
# release).

host6 client server
cable client eth0 01 server eth0 02
addr server eth0 2001:db8:1::1/64
at client sysctl -qw net.ipv6.conf.eth0.accept_ra=0
until_true settled client eth0
until_true settled server eth0
cat > $run/tmp/dhclient.conf <<'END'
option dhcp6.capport code 103 = text;
option dhcp6.bootfile-url code 59 = text;
send dhcp6.client-id 0:1:0:1:2e:0:0:0:2:0:0:0:0:1;
send fqdn.fqdn "reader.remora.example";
send dhcp6.vendor-opts 00:00:7e:d9:00:01:00:04:66:69:73:68;
send dhcp6.user-class "\000\005shark";
also request dhcp6.sntp-servers, dhcp6.info-refresh-time, dhcp6.fqdn, dhcp6.bootfile-url, dhcp6.capport,
	dhcp6.vendor-opts, dhcp6.sip-servers-addresses, dhcp6.sip-servers-names, dhcp6.nis-servers,
	dhcp6.nis-domain-name, dhcp6.preference, dhcp6.bcms-server-a, dhcp6.unicast;
END

record client dhcpv6.pcapng 'dhclient with dnsmasq and with dhcpd: DHCPv6' -i eth0
serve server 'sport = 547' dnsmasq -k -C /dev/null -R -h -p 0 -u root -x $run/tmp/dnsmasq.pid -l $run/tmp/leases \
	--interface=eth0 --enable-ra --domain=remora.example --dhcp-range=2001:db8:1::100,2001:db8:1::1ff,64,2m \
	--dhcp-host=id:00:01:00:01:2e:00:00:00:02:00:00:00:00:01,reader,[2001:db8:1::100] \
	--dhcp-option=option6:dns-server,[2001:db8:1::1],[2001:db8:1::53] \
	--dhcp-option=option6:domain-search,remora.example,ship.remora.example \
	--dhcp-option=option6:sntp-server,[2001:db8:1::1] --dhcp-option=option6:ntp-server,[2001:db8:1::1] \
	--dhcp-option=option6:information-refresh-time,1h --dhcp-option=option6:bootfile-url,http://boot.remora.example/
dnsmasq=$last
dhcp_client client -6 -S -1
dhcp_client client -6 -1
dhcp_client client -6 -x
dhcp_client client -6 -1
dhcp_client client -6 -r
kill $dnsmasq

cat > $run/tmp/dhcpd.conf <<'END'
authoritative; default-lease-time 12; preferred-lifetime 8; option dhcp-renewal-time 2; option dhcp-rebinding-time 6;
option dhcp6.capport code 103 = text;
option dhcp6.bootfile-url code 59 = text;
subnet6 2001:db8:1::/64 {
	range6 2001:db8:1::2000 2001:db8:1::2fff; range6 2001:db8:1:0:1::/80 temporary;
	prefix6 2001:db8:f000:: 2001:db8:f0ff:: /56;
	option dhcp6.name-servers 2001:db8:1::1; option dhcp6.domain-search "remora.example";
	option dhcp6.sip-servers-addresses 2001:db8:1::5; option dhcp6.sip-servers-names "sip.remora.example";
	option dhcp6.nis-servers 2001:db8:1::6; option dhcp6.nis-domain-name "nis.example";
	option dhcp6.sntp-servers 2001:db8:1::7; option dhcp6.info-refresh-time 3600;
	option dhcp6.bcms-server-a 2001:db8:1::8; option dhcp6.preference 255;
	option dhcp6.bootfile-url "http://boot.remora.example/"; option dhcp6.capport "https://portal.remora.example/";
	option dhcp6.vendor-opts 00:00:7e:d9:00:01:00:04:66:69:73:68; option dhcp6.rapid-commit;
}
END
touch $run/tmp/dhcpd.leases
rm -f $run/tmp/client.leases
serve server 'sport = 547' dhcpd -6 -d -cf $run/tmp/dhcpd.conf -lf $run/tmp/dhcpd.leases -pf $run/tmp/dhcpd.pid eth0
dhcp_client client -6 -1 -N -T -P
until_true logged server-dhcpd 1 'Renew message'
drop server 'ip6 daddr ff02::1:2 udp dport 547 @th,64,8 5'
until_true logged server-dhcpd 1 'Rebind message'
dhcp_client client -6 -r -N -T -P
stop_recording
