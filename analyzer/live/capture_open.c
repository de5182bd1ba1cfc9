/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening an interface by libpcap, and what mends it where that fails. */
#include "live/capture_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool capture_refuse(struct capture_hello *hello, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(hello->text, sizeof(hello->text), format, args);
	va_end(args);
	return false;
}

/* What a user can do about it. */
static void refuse_right(struct capture_hello *hello, const char *interface)
{
	char program[256] = "remora";
	const ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);

	if (n > 0)
		program[n] = '\0';
	capture_refuse(hello,
		       "%s: this user has no right to capture\n"
		       "        give it to the program: sudo setcap cap_net_raw+ep %s\n"
		       "        or run it as root: sudo remora live -i %s",
		       interface, program, interface);
}

static void refuse_status(struct capture *c, struct capture_hello *hello, int status)
{
	const char *interface = c->request->interface, *why = c->pcap->geterr(c->handle);

	switch (status) {
	case PCAP_ERROR_PERM_DENIED:
	case PCAP_ERROR_PROMISC_PERM_DENIED: refuse_right(hello, interface); break;
	case PCAP_ERROR_NO_SUCH_DEVICE:
		capture_refuse(hello, "%s: there is no such interface; remora live -D lists them",
			       interface);
		break;
	case PCAP_ERROR_IFACE_NOT_UP:
		capture_refuse(hello, "%s: it is down\n        try: sudo ip link set %s up",
			       interface, interface);
		break;
	case PCAP_ERROR_RFMON_NOTSUP:
		capture_refuse(hello, "%s: it has no monitor mode: leave -I out", interface);
		break;
	default:
		capture_refuse(hello, "%s: %s%s%s", interface, c->pcap->statustostr(status),
			       *why != '\0' ? ": " : "", why);
	}
}

/* As asked for; on `any`, the header that names the interface. */
static bool choose_linktype(struct capture *c, struct capture_hello *hello)
{
	const char *name = c->request->linktype;
	int dlt;

	if (*name == '\0') {
		if (strcmp(c->request->interface, "any") == 0)
			c->pcap->set_datalink(c->handle, DLT_LINUX_SLL2);
		return true;
	}
	dlt = c->pcap->datalink_name_to_val(name);
	if (dlt >= 0 && c->pcap->set_datalink(c->handle, dlt) == 0)
		return true;
	return capture_refuse(
		hello, "-y %s: %s %s; remora live -L -i %s lists them", name, c->request->interface,
		dlt < 0 ? "cannot: there is no such link type" : "has no such link type",
		c->request->interface);
	return false;
}

static bool activate(struct capture *c, struct capture_hello *hello)
{
	const struct libpcap *p = c->pcap;
	const struct capture_request *q = c->request;

	p->set_snaplen(c->handle, (int)q->snaplen);
	p->set_promisc(c->handle, q->promiscuous);
	if (q->monitor)
		p->set_rfmon(c->handle, 1);
	p->set_timeout(c->handle, CAPTURE_PATIENCE_MS);
	p->set_buffer_size(c->handle, (int)q->buffer_mib << 20);
	c->nanoseconds = p->set_tstamp_precision(c->handle, PCAP_TSTAMP_PRECISION_NANO) == 0;
	const int status = p->activate(c->handle);
	if (status < 0) {
		refuse_status(c, hello, status);
		return false;
	}
	return true;
}

static bool open_handle(struct capture *c, struct capture_hello *hello)
{
	char why[PCAP_ERRBUF_SIZE] = "";
	const char *missing = NULL;

	c->pcap = libpcap(&missing);
	if (c->pcap == NULL) {
		capture_refuse(
			hello,
			"libpcap cannot be loaded: %s\n        try: sudo apt install libpcap0.8",
			missing);
		return false;
	}
	c->handle = c->pcap->create(c->request->interface, why);
	if (c->handle == NULL) {
		capture_refuse(hello, "%s: %s", c->request->interface, why);
		return false;
	}
	if (!activate(c, hello) || !choose_linktype(c, hello))
		return false;
	if (c->pcap->setnonblock(c->handle, 1, why) == 0)
		return true;
	capture_refuse(hello, "%s: %s", c->request->interface, why);
	return false;
}

struct capture *capture_open(const struct capture_request *q, struct capture_hello *hello)
{
	struct capture *c = calloc(1, sizeof(*c));

	*hello = (struct capture_hello){0};
	if (c == NULL) {
		capture_refuse(hello, "not enough memory");
		return NULL;
	}
	c->request = q;
	if (open_handle(c, hello))
		return c;
	capture_close(c);
	return NULL;
}

void capture_close(struct capture *c)
{
	if (c->handle != NULL)
		c->pcap->close(c->handle);
	free(c);
}

/* The empty expression becomes a program too: it cuts packets to the snap length in the kernel. */
bool capture_filter(struct capture *c, struct capture_hello *hello)
{
	const struct capture_request *q = c->request;
	const char *expression = q->filter;

	if (c->pcap->compile(c->handle, &c->program, expression, 1, PCAP_NETMASK_UNKNOWN) != 0) {
		if (!q->filter_may_fail) {
			capture_refuse(hello, "capture filter \"%s\": %s", expression,
				       c->pcap->geterr(c->handle));
			return false;
		}
		expression = "";
		c->pcap->compile(c->handle, &c->program, expression, 1, PCAP_NETMASK_UNKNOWN);
	}
	if (c->pcap->setfilter(c->handle, &c->program) != 0) {
		capture_refuse(hello, "%s: capture filter \"%s\": %s", q->interface, expression,
			       c->pcap->geterr(c->handle));
		return false;
	}
	hello->running = 1;
	hello->nanoseconds = c->nanoseconds;
	hello->filtered = *expression != '\0';
	hello->linktype = libpcap_linktype(c->pcap->datalink(c->handle));
	hello->snaplen = (uint32_t)c->pcap->snapshot(c->handle);
	return true;
}
