/* SPDX-License-Identifier: BSD-3-Clause */
/* A ring of packets in shared memory, with one writer and one reader. */
#include "live/ring.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* In front of each packet; what follows is padded to the size of this. */
struct record {
	uint64_t size; /* of all of it */
	int64_t time_ns;
	uint32_t cap_len, len;
};

enum { ALIGN = 8 };

int ring_memory(size_t size)
{
	const int fd = memfd_create("remora-ring", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	/* Sealed: neither side can pull the memory from under the other's feet. */
	if (ftruncate(fd, (off_t)(RING_PAGE + size)) != 0 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

bool ring_map(struct ring *r, int fd, size_t size)
{
	enum { ACCESS = PROT_READ | PROT_WRITE };
	const size_t whole = RING_PAGE + 2 * size;
	uint8_t *at = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*r = (struct ring){.size = size};
	if (at == MAP_FAILED)
		return false;
	if (mmap(at, RING_PAGE + size, ACCESS, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED ||
	    mmap(at + RING_PAGE + size, size, ACCESS, MAP_SHARED | MAP_FIXED, fd, RING_PAGE) ==
		    MAP_FAILED) {
		munmap(at, whole);
		return false;
	}
	r->shared = (struct ring_shared *)(void *)at;
	r->data = at + RING_PAGE;
	return true;
}

void ring_unmap(struct ring *r)
{
	if (r->shared != NULL)
		munmap(r->shared, RING_PAGE + 2 * r->size);
	r->shared = NULL;
}

bool ring_put(struct ring *r, const struct ring_packet *p)
{
	const struct record head = {
		.size = (sizeof(head) + p->cap_len + ALIGN - 1) & ~(uint64_t)(ALIGN - 1),
		.time_ns = p->time_ns,
		.cap_len = p->cap_len,
		.len = p->len,
	};
	uint8_t *to = r->data + (r->head & (r->size - 1));

	if (r->head - r->tail > r->size || head.size > r->size - (r->head - r->tail)) {
		r->tail = atomic_load_explicit(&r->shared->tail, memory_order_acquire);
		if (r->head - r->tail > r->size || head.size > r->size - (r->head - r->tail))
			return false;
	}
	memcpy(to, &head, sizeof(head));
	memcpy(to + sizeof(head), p->data, p->cap_len);
	r->head += head.size;
	atomic_store_explicit(&r->shared->head, r->head, memory_order_release);
	return true;
}

bool ring_must_wake(struct ring *r)
{
	/* What was written is seen before the question whether anybody waits for it. */
	atomic_thread_fence(memory_order_seq_cst);
	return atomic_load_explicit(&r->shared->waiting, memory_order_relaxed) != 0 &&
	       atomic_exchange(&r->shared->waiting, 0) != 0;
}

void ring_release(struct ring *r)
{
	if (r->tail == r->after)
		return;
	r->tail = r->after;
	atomic_store_explicit(&r->shared->tail, r->tail, memory_order_release);
}

int ring_take(struct ring *r, struct ring_packet *p)
{
	struct record head;

	ring_release(r);
	if (r->head == r->tail) {
		r->head = atomic_load_explicit(&r->shared->head, memory_order_acquire);
		if (r->head == r->tail)
			return 0;
	}
	const uint64_t have = r->head - r->tail;
	const uint8_t *at = r->data + (r->tail & (r->size - 1));
	if (have > r->size || have < sizeof(head))
		return -1;
	memcpy(&head, at, sizeof(head));
	if (head.size > have || head.size % ALIGN != 0 || head.size < sizeof(head) ||
	    head.cap_len > head.size - sizeof(head) || head.len > INT32_MAX)
		return -1;
	*p = (struct ring_packet){head.time_ns, head.cap_len, head.len, at + sizeof(head)};
	r->after = r->tail + head.size;
	return 1;
}

bool ring_may_sleep(struct ring *r)
{
	atomic_store_explicit(&r->shared->waiting, 1, memory_order_relaxed);
	atomic_thread_fence(memory_order_seq_cst);
	return atomic_load_explicit(&r->shared->head, memory_order_acquire) == r->tail;
}
