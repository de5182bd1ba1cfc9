/* SPDX-License-Identifier: BSD-3-Clause */
/* Names, for who prints them; firmware that does not leaves this file out. */
#include <remora/cyw43439.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const struct rem_cyw_name rem_cyw_names[] = {
#define REM_CYW_IOCTL(number, name, about) {REM_CYW_KIND_IOCTL, (number), #name, (about)},
#define REM_CYW_IOVAR(name, text, about) {REM_CYW_KIND_IOVAR, REM_CYW_VAR_##name, (text), (about)},
#define REM_CYW_EVENT(number, name, about) {REM_CYW_KIND_EVENT, (number), #name, (about)},
#include <remora/cyw43439.def>
};

const unsigned rem_cyw_names_count = COUNT(rem_cyw_names);

static const char *text(const char *const *list, size_t count, unsigned i)
{
	return i < count ? list[i] : "?";
}

const char *rem_cyw_state_text(enum rem_cyw_state state)
{
	static const char *const names[] = {
		[REM_CYW_OFF] = "off",
		[REM_CYW_STARTING] = "starting",
		[REM_CYW_READY] = "ready, no network wanted",
		[REM_CYW_JOINING] = "joining",
		[REM_CYW_UP] = "up",
		[REM_CYW_WAITING] = "waiting for the next try",
	};

	return text(names, COUNT(names), state);
}

const char *rem_cyw_why_text(enum rem_cyw_why why)
{
	static const char *const names[] = {
		[REM_CYW_WHY_NONE] = "nothing has gone wrong",
		[REM_CYW_NO_NETWORK] = "there is no such network here",
		[REM_CYW_WRONG_KEY] = "the key is wrong",
		[REM_CYW_NO_ANSWER] = "the access point does not answer",
		[REM_CYW_REFUSED] = "the access point refuses us",
		[REM_CYW_LOST] = "the link was lost",
		[REM_CYW_RESTARTED] = "the radio had to be started again",
		[REM_CYW_REJECTED] = "the radio's firmware rejects a setting",
	};

	return text(names, COUNT(names), why);
}

const char *rem_cyw_fault_text(enum rem_cyw_fault fault)
{
	static const char *const names[] = {
		[REM_CYW_FAULT_NONE] = "none",
		[REM_CYW_FAULT_BUS] = "the bus does not carry the test words",
		[REM_CYW_FAULT_CHIP] = "this is not a CYW43439",
		[REM_CYW_FAULT_CLOCK] = "a clock of the radio does not come",
		[REM_CYW_FAULT_MEMORY] = "the radio's memory differs from what was loaded",
		[REM_CYW_FAULT_CORE] = "the radio's processor does not leave reset",
		[REM_CYW_FAULT_START] = "the radio's firmware does not start",
		[REM_CYW_FAULT_CLM] = "the radio refuses the regulatory data (CLM)",
		[REM_CYW_FAULT_SETTING] = "the radio refuses a setting that it needs",
		[REM_CYW_FAULT_SILENT] = "the radio does not answer",
		[REM_CYW_FAULT_FRAMES] = "the radio sends nothing but damaged frames",
	};

	return text(names, COUNT(names), fault);
}
