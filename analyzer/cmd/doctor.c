/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora doctor`: looks the machine over, and names the command that mends what it finds. */
#include "cmd/doctor.h"

#include "cmd/colour_option.h"
#include "cmd/command.h"
#include "cmd/finding.h"
#include "cmd/wireshark.h"
#include "machine/libraries.h"

#include <stdio.h>

static const GOptionEntry entries[] = {
	COLOUR_OPTION,
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

static void doctor_wireshark(void)
{
	GPtrArray *at_hand = plugins_of_program();

	finding_group("Wireshark");
	tell_all(at_hand);
	g_ptr_array_free(at_hand, TRUE);
}

static void doctor_libraries(void)
{
	const struct library *l;
	size_t iter = 0;

	finding_group("Libraries");
	while ((l = libraries_next(&iter)) != NULL) {
		if (l->version != NULL) {
			finding(VERDICT_OK, l->name, "%-12s %s", l->version, l->use);
			continue;
		}
		finding(VERDICT_WARN, l->name, "cannot be loaded, for %s: %s", l->use, l->why);
		finding_mend("sudo apt install %s", l->package);
	}
}

static int doctor_run(int argc, char **argv)
{
	const int code = command_parse(&command_doctor, &argc, &argv);

	if (code >= 0)
		return code;
	if (argc > 1) {
		complain("doctor takes no arguments\n        try: remora doctor --help");
		return EXIT_USAGE;
	}
	doctor_capture();
	doctor_sandbox();
	doctor_wireshark();
	doctor_libraries();
	doctor_terminal();
	const unsigned failed = findings(VERDICT_FAIL), warned = findings(VERDICT_WARN);
	printf("\n%u good, %u to look at, %u failed\n", findings(VERDICT_OK), warned, failed);
	return failed > 0 ? EXIT_CANNOT : EXIT_OK;
}

const struct command command_doctor = {
	.name = "doctor",
	.arguments = "",
	.about = "checks this machine, and says what mends it",
	.description =
		"Each finding is a line: ok, warn or fail. A command beneath it, after $, mends it. Looked at\n"
		"are the right to capture, the sandbox, the plugin for Wireshark, libraries, and the terminal.\n\n"
		"Exit codes: 0 nothing failed, 1 usage, 2 something did.",
	.options = entries,
	.run = doctor_run,
};
