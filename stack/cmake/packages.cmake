# `cpack` in the folder of a build makes Debian packages: remora, and remora-wireshark for the Wireshark that the build found.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME remora)
set(CPACK_PACKAGE_VENDOR "The remora authors")
# The maintainer of a package is who makes it, and Debian's tools know the name from these; remora has no address of its own.
set(CPACK_PACKAGE_CONTACT "The remora authors")
if(DEFINED ENV{DEBFULLNAME} AND DEFINED ENV{DEBEMAIL})
	set(CPACK_PACKAGE_CONTACT "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")        # it would go before the first line of each description
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL remora)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_REMORA_PACKAGE_NAME remora)
set(CPACK_DEBIAN_REMORA_DESCRIPTION "takes captures of network traffic apart
Reads pcap and pcapng files and live interfaces, prints packets as lines, trees,
JSON, PDML or fields, selects them by display filters in Wireshark's language,
and shows them in a terminal.")
set(CPACK_DEBIAN_REMORA_PACKAGE_RECOMMENDS "libpcap0.8, libncursesw6")   # loaded when they are needed

set(CPACK_DEBIAN_REMORA_PACKAGE_SUGGESTS remora-wireshark)

# The ABI that the plugin is bound to is in the name of libwireshark's package, and dpkg-shlibdeps finds it.
if(TARGET remora-plugin)
	list(APPEND CPACK_COMPONENTS_ALL wireshark-plugin)
	install(FILES plugin/COPYING DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/remora-wireshark RENAME copyright
		COMPONENT wireshark-plugin)
	set(CPACK_DEBIAN_WIRESHARK-PLUGIN_PACKAGE_NAME remora-wireshark)
	set(CPACK_DEBIAN_WIRESHARK-PLUGIN_DESCRIPTION "shows in Wireshark what remora sees of each frame
A plugin for Wireshark ${REMORA_WIRESHARK_SERIES} that adds fields named remora.KEY, a tree of them,
and a cross-check of each against Wireshark's own.")
	set(CPACK_DEBIAN_WIRESHARK-PLUGIN_PACKAGE_ENHANCES "wireshark, tshark")
	set(CPACK_DEBIAN_WIRESHARK-PLUGIN_PACKAGE_SUGGESTS remora)
endif()
include(CPack)
