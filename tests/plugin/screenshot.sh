#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# screenshot.sh PLUGIN PICTURE: Wireshark under Xvfb, as an unprivileged user, with the plugin, a sample, and our tree opened.
# Needs wireshark, xvfb, xdotool, imagemagick.
set -eu
plugin=$(realpath "$1")
picture=$(realpath -m "$2")
cd "$(dirname "$0")/../.."
display=:97 width=1280 height=800
series=$(tshark --version 2>/dev/null | sed -n '1s/.* \([0-9]*\.[0-9]*\)\..*/\1/p')
work=$(mktemp -d)
chmod 755 "$work"
as_user=
[ "$(id -u)" != 0 ] || as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
xvfb= shark=
end() {
	[ -z "$shark" ] || kill "$shark" 2>/dev/null || :
	[ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || :
	rm -rf "$work"
}
trap end EXIT

mkdir -p "$work/plugins/$series/epan" "$work/extcap" "$work/home/.config/wireshark" "$work/home/run"
cp "$plugin" "$work/plugins/$series/epan/remora.so"
cp samples/captures/first-light.pcapng "$work/first-light.pcapng"
# The state of the window, and which subtrees are open, as a user leaves them behind.
cat >"$work/home/.config/wireshark/recent" <<-END_RECENT
	gui.toolbar_main_show: TRUE
	gui.geometry_main_x: 0
	gui.geometry_main_y: 0
	gui.geometry_main_width: $width
	gui.geometry_main_height: $height
	gui.geometry_main_maximized: FALSE
	gui.geometry_main_upper_pane: 140
	gui.geometry_main_lower_pane: 470
END_RECENT
cat >"$work/home/.config/wireshark/preferences" <<-'END_PREFERENCES'
	gui.update.enabled: FALSE
	gui.layout_type: 1
	gui.layout_content_3: BYTES
	gui.ask_unsaved: FALSE
	nameres.mac_name: FALSE
	gui.column.format: "No.", "%m", "Time", "%t", "Source", "%s", "Destination", "%d", "Protocol", "%p", "TTL", "%Cus:remora.ip.ttl:0:R", "Info", "%i"
END_PREFERENCES
[ "$(id -u)" != 0 ] || chown -R 65534:65534 "$work/home"
chmod 700 "$work/home/run"

Xvfb $display -screen 0 ${width}x${height}x24 -nolisten tcp >/dev/null 2>&1 &
xvfb=$!
sleep 1
export DISPLAY=$display
$as_user env HOME="$work/home" XDG_RUNTIME_DIR="$work/home/run" WIRESHARK_PLUGIN_DIR="$work/plugins" \
	WIRESHARK_EXTCAP_DIR="$work/extcap" LC_ALL=C.UTF-8 QT_FONT_DPI=96 \
	wireshark -r "$work/first-light.pcapng" -Y 'remora.tcp.flags.syn == 1 || remora.http' -g 22 >"$work/log" 2>&1 &
shark=$!

n=0
until id=$(xdotool search --onlyvisible --name first-light 2>/dev/null | head -n 1) && [ -n "$id" ]; do
	n=$((n + 1))
	[ $n -lt 60 ] || { echo "Wireshark does not come up:"; cat "$work/log"; exit 1; }
	sleep 1
done
sleep 4
xdotool windowsize "$id" $width $height
xdotool windowmove "$id" 0 0
sleep 1
press() {
	xdotool key --delay 60 "$@"
}
xdotool mousemove 300 420 click 1       # into the details; End is our tree, the last
press End Right Down Down Down Right    # TCP
press Down Down Down Down Down Down Down Down Down Down Down Down Right Down Right      # its options, the first of them
press Down Down Down                    # the value in it
sleep 1
import -window root "$work/shot.png"
convert "$work/shot.png" -colors 128 -strip png8:"$picture"
echo "$picture: $(wc -c <"$picture") bytes"
