/* SPDX-License-Identifier: BSD-3-Clause */
/* A TAP, or an interface seen through a packet socket, as the card under a stack: tuntap.txt, packet(7). */
#define _GNU_SOURCE
#include <remora/linux.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <remora/ethernet.h>
#include <remora/ipv4.h>
#include <remora/ipv6.h>
#include <remora/numbers.h>
#include <remora/sum.h>
#include <remora/tcp.h>
#include <remora/udp.h>

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

rem_time rem_linux_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (rem_time)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int rem_linux_seed(uint8_t seed[16])
{
	return getrandom(seed, 16, 0) == 16 ? 0 : -errno;
}

static int sent(const struct rem_linux_nic *l, ssize_t n)
{
	if (n >= 0)
		return REM_OK;
	if (errno == ENETDOWN || errno == ENXIO || errno == EBADFD)
		return REM_CLOSED;
	(void)l;
	return REM_LIMIT;
}

static int tap_receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	const struct rem_linux_nic *l = (const struct rem_linux_nic *)nic;
	const ssize_t n = read(l->fd, p, room);

	return n > 0 ? (int)n : 0;
}

static int tap_send(struct rem_nic *nic, const uint8_t *p, uint32_t n)
{
	const struct rem_linux_nic *l = (const struct rem_linux_nic *)nic;

	return sent(l, write(l->fd, p, n));
}

/* The kernel takes VLAN tags out of frames and says them aside: they are put back, 802.1Q 9.6. */
static uint32_t put_tag_back(uint8_t *p, uint32_t n, uint32_t room,
			     const struct tpacket_auxdata *aux)
{
	const uint16_t tpid = (aux->tp_status & TP_STATUS_VLAN_TPID_VALID) != 0 ? aux->tp_vlan_tpid
										: ETH_P_8021Q;

	if ((aux->tp_status & TP_STATUS_VLAN_VALID) == 0 || n < 12 || n + 4 > room)
		return n;
	memmove(p + 16, p + 12, n - 12);
	p[12] = (uint8_t)(tpid >> 8);
	p[13] = (uint8_t)tpid;
	p[14] = (uint8_t)(aux->tp_vlan_tci >> 8);
	p[15] = (uint8_t)aux->tp_vlan_tci;
	return n + 4;
}

/* TCP or UDP of n bytes: the sum is to be made of what stands there, that of the pseudo header among it. */
static void finish_segment(uint8_t *p, uint32_t n, uint32_t proto)
{
	if (proto == REM_IP_TCP && n >= REM_TCP_HEADER) {
		rem_put(p, REM_TCP_SUM, 0xffff & ~rem_sum(p, n));
	} else if (proto == REM_IP_UDP && n >= REM_UDP_HEADER) {
		const uint32_t sum = 0xffff & ~rem_sum(p, n);

		rem_put(p, REM_UDP_SUM, sum != 0 ? sum : 0xffff);
	}
}

/*
 * A frame that another program of this machine has sent, and that no card has summed: Linux leaves the
 * last step to hardware (skbuff.h, CHECKSUM_PARTIAL), but who looks at the frame wants it whole.
 */
static void finish_sum(uint8_t *p, uint32_t n)
{
	const uint32_t type = n < REM_ETH_HEADER ? 0 : rem_get(p, REM_ETH_TYPE);

	p += REM_ETH_HEADER;
	n -= REM_ETH_HEADER;
	if (type == REM_ETHERTYPE_IPV4 && n >= REM_IPV4_HEADER) {
		const uint32_t header = 4 * rem_get(p, REM_IPV4_IHL),
			       all = rem_get(p, REM_IPV4_TOTAL);

		if (header < all && all <= n)
			finish_segment(p + header, all - header, rem_get(p, REM_IPV4_PROTO));
	} else if (type == REM_ETHERTYPE_IPV6 && n >= REM_IPV6_HEADER) {
		const uint32_t length = rem_get(p, REM_IPV6_LENGTH);

		if (length <= n - REM_IPV6_HEADER)
			finish_segment(p + REM_IPV6_HEADER, length, rem_get(p, REM_IPV6_NEXT));
	}
}

static int packet_receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	const struct rem_linux_nic *l = (const struct rem_linux_nic *)nic;
	_Alignas(struct cmsghdr) uint8_t aside[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	struct iovec bytes = {p, room};
	struct msghdr m = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = aside,
			   .msg_controllen = sizeof(aside)};

	const ssize_t n = recvmsg(l->fd, &m, MSG_TRUNC);
	nic->verified = false;
	if (n <= 0)
		return 0;
	if ((size_t)n > room)
		return REM_LENGTH;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
		struct tpacket_auxdata aux;

		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (aux.tp_status & TP_STATUS_CSUMNOTREADY)
			finish_sum(p, (uint32_t)n);
		nic->verified = (aux.tp_status & (TP_STATUS_CSUMNOTREADY | TP_STATUS_CSUM_VALID)) !=
				0;
		return (int)put_tag_back(p, (uint32_t)n, room, &aux);
	}
	return (int)n;
}

static int packet_send(struct rem_nic *nic, const uint8_t *p, uint32_t n)
{
	const struct rem_linux_nic *l = (const struct rem_linux_nic *)nic;

	return sent(l, send(l->fd, p, n, 0));
}

static const struct rem_nic_ops tap_ops = {tap_receive, tap_send, NULL, NULL};
static const struct rem_nic_ops packet_ops = {packet_receive, packet_send, NULL, NULL};

static struct ifreq request(const struct rem_linux_nic *l)
{
	struct ifreq r;

	memset(&r, 0, sizeof(r));
	memcpy(r.ifr_name, l->name, sizeof(r.ifr_name));
	return r;
}

/* Is the interface up, and how long are its datagrams? A TAP that we have made is set up. */
static int look_at(struct rem_linux_nic *l)
{
	const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq r = request(l);
	int err = 0;

	if (any < 0)
		return -errno;
	if (ioctl(any, SIOCGIFMTU, &r) == 0)
		l->nic.mtu = (uint16_t)(r.ifr_mtu < UINT16_MAX ? r.ifr_mtu : UINT16_MAX);
	if (ioctl(any, SIOCGIFFLAGS, &r) == 0 && (r.ifr_flags & IFF_UP) == 0) {
		r.ifr_flags |= IFF_UP;
		if (ioctl(any, SIOCSIFFLAGS, &r) != 0)
			err = -errno;
	}
	if (err == 0 && ioctl(any, SIOCGIFINDEX, &r) == 0)
		l->index = (unsigned)r.ifr_ifindex;
	close(any);
	return err;
}

static int open_tap(struct rem_linux_nic *l)
{
	struct ifreq r = request(l);

	r.ifr_flags = IFF_TAP | IFF_NO_PI;
	l->fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (l->fd < 0)
		return -errno;
	if (ioctl(l->fd, TUNSETIFF, &r) != 0)
		return -errno;
	l->nic.ops = &tap_ops;
	l->is_tap = true;
	return look_at(l);
}

static int open_packet(struct rem_linux_nic *l)
{
	const int on = 1;
	int err;

	l->fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->fd < 0)
		return -errno;
	if ((err = look_at(l)) != 0)
		return err;
	const struct packet_mreq all = {.mr_ifindex = (int)l->index, .mr_type = PACKET_MR_PROMISC};
	const struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
				       .sll_ifindex = (int)l->index};
	if (setsockopt(l->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof(all)) != 0 ||
	    setsockopt(l->fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on)) != 0 ||
	    setsockopt(l->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) != 0 ||
	    bind(l->fd, (const struct sockaddr *)&at, sizeof(at)) != 0)
		return -errno;
	l->nic.ops = &packet_ops;
	return 0;
}

/* Whose interface is it: of the kernel's TAP driver, another one's, or nobody's? Not by /sys, which may
 * show another namespace. */
static bool is_tap_or_free(const struct rem_linux_nic *l)
{
	const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
	struct ifreq r = request(l);
	bool tap = true;

	if (any < 0)
		return true;
	if (ioctl(any, SIOCGIFINDEX, &r) == 0) {
		r = request(l);
		r.ifr_data = (void *)&driver;
		tap = ioctl(any, SIOCETHTOOL, &r) == 0 && strcmp(driver.driver, "tun") == 0;
	}
	close(any);
	return tap;
}

int rem_linux_address(uint8_t address[6])
{
	if (getrandom(address, 6, 0) != 6)
		return -errno;
	address[0] = (uint8_t)((address[0] & 0xfc) | 2);
	return 0;
}

int rem_linux_open(struct rem_linux_nic *l, const char *name)
{
	memset(l, 0, sizeof(*l));
	l->fd = -1;
	l->nic.mtu = 1500;
	if (*name == '\0' || strlen(name) >= sizeof(l->name) || strchr(name, '/') != NULL)
		return -EINVAL;
	memcpy(l->name, name, strlen(name) + 1);
	int err = rem_linux_address(l->nic.address);
	if (err == 0)
		err = is_tap_or_free(l) ? open_tap(l) : open_packet(l);
	if (err != 0)
		rem_linux_close(l);
	return err;
}

void rem_linux_close(struct rem_linux_nic *l)
{
	if (l->http != NULL)
		rem_linux_close_http(l);
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}
