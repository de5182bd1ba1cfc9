# A Raspberry Pi Pico W by the Pico SDK: included before project(), since the SDK brings its toolchain. The SDK is
# PICO_SDK_PATH (of CMake or of the environment), else what `sh samples/pico_w/get-sdk.sh` put into build/pico-sdk.
if(NOT PICO_SDK_PATH)
	set(PICO_SDK_PATH $ENV{PICO_SDK_PATH})
endif()
if(NOT PICO_SDK_PATH)
	set(PICO_SDK_PATH ${CMAKE_CURRENT_LIST_DIR}/../../build/pico-sdk/usr/src/pico-sdk)
endif()
if(NOT EXISTS ${PICO_SDK_PATH}/pico_sdk_init.cmake)
	message(FATAL_ERROR "There is no Pico SDK: set PICO_SDK_PATH to yours, or run sh samples/pico_w/get-sdk.sh, "
		"which unpacks Debian's into build/pico-sdk.")
endif()
# picotool would be fetched from the network; the UF2 is written by stack/platform/pico_w/uf2.py.
set(PICO_NO_PICOTOOL 1)
# Without them no C++ library is needed: nothing here is C++.
add_compile_definitions(PICO_CXX_DISABLE_ALLOCATION_OVERRIDES=1)
include(${PICO_SDK_PATH}/pico_sdk_init.cmake)
