/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * May packets be captured here? Either by this user, or by dumpcap, which Debian gives the right and
 * then lets the group wireshark alone execute.
 */
#include "cmd/doctor.h"

#include "cmd/finding.h"
#include "machine/rights.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* On the PATH, or where Linux has it; we may not be allowed to execute it. */
static char *find_dumpcap(void)
{
	const char *path = g_getenv("PATH");
	char *all = g_strconcat(path != NULL ? path : "", ":/usr/local/bin:/usr/bin:/usr/sbin",
				NULL);
	char **folders = g_strsplit(all, ":", -1), *found = NULL;

	for (char **f = folders; *f != NULL && found == NULL; f++) {
		found = g_build_filename(*f, "dumpcap", NULL);
		if (!g_path_is_absolute(found) || !g_file_test(found, G_FILE_TEST_EXISTS))
			g_clear_pointer(&found, g_free);
	}
	g_strfreev(folders);
	g_free(all);
	return found;
}

static bool is_debian(void)
{
	return g_file_test("/etc/debian_version", G_FILE_TEST_EXISTS);
}

static void mend_program(const char *command, const char *path)
{
	char *typed = path_to_type(path);

	finding_mend("%s %s", command, typed);
	g_free(typed);
}

static void mend_own_right(void)
{
	char *self = g_file_read_link("/proc/self/exe", NULL);

	if (self != NULL)
		mend_program("sudo setcap cap_net_raw+ep", self);
	g_free(self);
}

static void tell_own_right(int error, bool dumpcap_can)
{
	if (error == 0)
		finding(VERDICT_OK, "remora", "may capture packets, %s",
			geteuid() == 0 ? "as root" : "by its capabilities");
	else if (dumpcap_can)
		finding(VERDICT_OK, "remora",
			"reads what dumpcap captures: dumpcap -w - | remora -");
	else
		finding(VERDICT_FAIL, "remora", "may not capture packets: %s", g_strerror(error));
	if (error != 0)
		mend_own_right();
}

static void tell_group(const char *path, enum verdict bad)
{
	switch (rights_member("wireshark")) {
	case MEMBER_AT_NEXT_LOGIN:
		finding(bad, "dumpcap", "is for the group wireshark, which is yours at next login");
		finding_mend("newgrp wireshark");
		break;
	case MEMBER_NO:
		finding(bad, "dumpcap", "is for the group wireshark, and you are not in it");
		finding_mend("sudo usermod -aG wireshark %s && newgrp wireshark",
			     g_get_user_name());
		break;
	default:
		finding(bad, "dumpcap", "may not be run by this user");
		mend_program("sudo chmod a+x", path);
	}
}

static void tell_dumpcap(const char *path, enum verdict bad)
{
	if (path == NULL) {
		finding(VERDICT_WARN, "dumpcap", "is not on this machine");
		finding_mend("sudo apt install wireshark-common");
		return;
	}
	if (geteuid() == 0) {
		finding(bad == VERDICT_FAIL ? VERDICT_WARN : VERDICT_OK, "dumpcap", "is %s", path);
		return;
	}
	switch (rights_of_program(path)) {
	case PROGRAM_CAPTURES:
		finding(VERDICT_OK, "dumpcap", "%s captures for this user", path);
		break;
	case PROGRAM_NOT_FOR_US: tell_group(path, bad); break;
	case PROGRAM_HAS_NO_RIGHT:
		finding(bad, "dumpcap", "%s has no right to capture", path);
		if (is_debian())
			finding_mend("sudo dpkg-reconfigure wireshark-common");
		else
			mend_program("sudo setcap cap_net_raw,cap_net_admin+ep", path);
	}
}

/* A TAP carries frames between a program's own stack and the kernel's: tun(4). */
static void tell_tap(void)
{
	const int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	const int error = fd < 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	if (error != 0) {
		finding(VERDICT_WARN, "TAP", "/dev/net/tun cannot be opened: %s",
			g_strerror(error));
		finding_mend(error == EACCES || error == EPERM ? "sudo chmod a+rw /dev/net/tun"
							       : "sudo modprobe tun");
	} else if (!rights_net_admin()) {
		finding(VERDICT_WARN, "TAP", "can be used when root has made it for you");
		finding_mend("sudo ip tuntap add tap0 mode tap user %s", g_get_user_name());
	} else {
		finding(VERDICT_OK, "TAP", "interfaces can be made and used");
	}
}

void doctor_capture(void)
{
	char *dumpcap = find_dumpcap();
	const int error = rights_capture();
	const bool dumpcap_can = dumpcap != NULL && geteuid() != 0 &&
				 rights_of_program(dumpcap) == PROGRAM_CAPTURES;

	finding_group("Capture");
	tell_own_right(error, dumpcap_can);
	tell_dumpcap(dumpcap, error == 0 || dumpcap_can ? VERDICT_WARN : VERDICT_FAIL);
	tell_tap();
	g_free(dumpcap);
}
