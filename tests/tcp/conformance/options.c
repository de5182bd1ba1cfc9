/* SPDX-License-Identifier: BSD-3-Clause */
/* Options of sockets: what can be wished for, and what TCP_INFO tells of the state machine. */
#include "sockets.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>

int sockets_error(struct endpoint *e)
{
	if (e->kind != STREAM || e->told)
		return 0;
	e->told = e->conn->end != REM_TCP_END_NONE;
	switch (e->conn->end) {
	case REM_TCP_END_RESET: return ECONNRESET;
	case REM_TCP_END_TIMEOUT: return ETIMEDOUT;
	case REM_TCP_END_UNREACHABLE: return EHOSTUNREACH;
	default: return 0;
	}
}

static void wish(struct endpoint *e, uint32_t flag, bool on)
{
	e->wishes = on ? e->wishes | flag : e->wishes & ~flag;
	if (e->conn != NULL && e->kind == STREAM)
		e->conn->tcb.flags = on ? e->conn->tcb.flags | flag : e->conn->tcb.flags & ~flag;
}

static int tcp_option(struct endpoint *e, int name, const void *value, socklen_t n, int number)
{
	switch (name) {
	case TCP_NODELAY: wish(e, REM_TCB_NODELAY, number != 0); return 0;
	case TCP_KEEPIDLE: e->keep_every = (uint32_t)number * 1000; break;
	case TCP_USER_TIMEOUT: e->patience = (uint32_t)number; break;
	case TCP_CONGESTION:
		wish(e, REM_TCB_RENO, n >= 4 && memcmp(value, "reno", 4) == 0);
		return 0;
	default: errno = ENOPROTOOPT; return -1;
	}
	if (e->kind == STREAM) {
		e->conn->tcb.keep_every = e->keep_every;
		e->conn->tcb.patience = e->patience;
	}
	return 0;
}

int sockets_option(struct sockets *s, struct endpoint *e, int level, int name, const void *value,
		   socklen_t n)
{
	int number[2] = {0, 0};

	(void)s;
	memcpy(number, value, n < sizeof(number) ? n : sizeof(number));
	if (level == IPPROTO_TCP)
		return tcp_option(e, name, value, n, number[0]);
	if (level != SOL_SOCKET) {
		errno = ENOPROTOOPT;
		return -1;
	}
	switch (name) {
	case SO_REUSEADDR: return 0;
	case SO_KEEPALIVE: wish(e, REM_TCB_KEEPALIVE, number[0] != 0); return 0;
	case SO_LINGER: e->lingers = number[0] != 0 && number[1] == 0; return 0;
	case SO_RCVBUF: e->receives = 2 * (uint32_t)number[0]; return 0; /* twice, as Linux has it */
	case SO_SNDBUF: e->sends = 2 * (uint32_t)number[0]; return 0;
	default: errno = ENOPROTOOPT; return -1;
	}
}

/* What fits into a segment of ours besides its options: RFC 6691 2. */
static uint32_t full_segment(const struct rem_tcb *t)
{
	return t->snd.mss - (t->flags & REM_TCB_TS ? 12u : 0u);
}

static struct tcp_info info_of(const struct rem_tcp_conn *c, rem_time now)
{
	/* Linux's numbers of the states, in the order of enum rem_tcp_state */
	static const uint8_t states[] = {
		[REM_TCP_CLOSED] = 7, [REM_TCP_LISTEN] = 10, [REM_TCP_SYN_SENT] = 2,
		[REM_TCP_SYN_RECEIVED] = 3, [REM_TCP_ESTABLISHED] = 1, [REM_TCP_FIN_WAIT_1] = 4,
		[REM_TCP_FIN_WAIT_2] = 5, [REM_TCP_CLOSE_WAIT] = 8, [REM_TCP_CLOSING] = 11,
		[REM_TCP_LAST_ACK] = 9, [REM_TCP_TIME_WAIT] = 6,
	};
	static const uint8_t phases[] = {
		[REM_TCB_OPEN] = 0, [REM_TCB_RECOVERY] = 3, [REM_TCB_LOSS] = 4};
	const struct rem_tcb *t = &c->tcb;
	const uint32_t mss = full_segment(t);
	const uint32_t unacked = t->snd.nxt - t->snd.una;

	return (struct tcp_info){
		.tcpi_state = states[t->state],
		.tcpi_ca_state = phases[t->phase],
		.tcpi_options = (t->flags & REM_TCB_TS ? TCPI_OPT_TIMESTAMPS : 0) |
				(t->flags & REM_TCB_SACK ? TCPI_OPT_SACK : 0) |
				(t->flags & REM_TCB_SHIFT ? TCPI_OPT_WSCALE : 0),
		.tcpi_rto = t->rtt.rto,
		.tcpi_snd_mss = mss,
		.tcpi_rcv_mss = t->rcv.full,
		.tcpi_unacked = mss > 0 ? (unacked + mss - 1) / mss : 0,
		.tcpi_sacked = t->holes,
		.tcpi_last_data_recv = (uint32_t)((now - t->heard) / 1000),
		.tcpi_pmtu = c->path.mtu,
		.tcpi_rtt = t->rtt.smooth,
		.tcpi_rttvar = t->rtt.var,
		.tcpi_snd_ssthresh = mss > 0 && t->cc.ssthresh != UINT32_MAX ? t->cc.ssthresh / mss
									     : INT32_MAX,
		.tcpi_snd_cwnd = mss > 0 ? t->cc.wnd / mss : 0,
		.tcpi_advmss = t->rcv.mss,
		.tcpi_rcv_space = t->rcv.room,
	};
}

int sockets_ask(struct sockets *s, struct endpoint *e, int level, int name, void *value,
		socklen_t *n)
{
	int number;

	if (level == IPPROTO_TCP && name == TCP_INFO && e->kind == STREAM) {
		const struct tcp_info info = info_of(e->conn, s->world.now);

		*n = *n < sizeof(info) ? *n : sizeof(info);
		memcpy(value, &info, *n);
		return 0;
	}
	if (level == SOL_SOCKET && name == SO_ERROR) {
		number = sockets_error(e);
		number = number == ECONNRESET && e->conn->tcb.rcv.irs == 0 ? ECONNREFUSED : number;
	} else if (level == IPPROTO_TCP && name == TCP_MAXSEG && e->kind == STREAM) {
		number = (int)full_segment(&e->conn->tcb);
	} else if (level == SOL_SOCKET && name == SO_RCVBUF) {
		number = (int)e->receives;
	} else if (level == SOL_SOCKET && name == SO_SNDBUF) {
		number = (int)e->sends;
	} else {
		errno = ENOPROTOOPT;
		return -1;
	}
	*n = *n < sizeof(number) ? *n : sizeof(number);
	memcpy(value, &number, *n);
	return 0;
}
