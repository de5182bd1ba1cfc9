/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Wireshark looks for in a plugin: these five names, and nothing else is exported. */
#define WS_BUILD_DLL
#include "dissect.h"

WS_DLL_PUBLIC_DEF const char plugin_version[] = PLUGIN_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);
WS_DLL_PUBLIC uint32_t plugin_describe(void);

WS_DLL_PUBLIC_DEF void plugin_register(void)
{
	static proto_plugin remora = {dissect_register, dissect_handoff};

	proto_register_plugin(&remora);
}

WS_DLL_PUBLIC_DEF uint32_t plugin_describe(void)
{
	return WS_PLUGIN_DESC_DISSECTOR;
}
