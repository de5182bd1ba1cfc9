#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""stack.py PROGRAM GRAPH.ci...: the most bytes of stack that a whole program can need, and along which chain of calls.

Stack and calls of each function are gcc's (-fcallgraph-info=su) of the code that was linked. A call by a pointer is read
from its line of source, and the table below says whom it can reach: a call that it does not know is an error, and so is
recursion. Of what has no source (the compiler's own arithmetic, which calls nobody) the registers count that it pushes."""
import functools
import re
import subprocess
import sys

# "file expression": who stands behind it in the programs that include clients.h; "?": where it is linked. None: nobody, it
# is NULL there.
REACHED = {
    "node.c ops->demux": "ether_demux",
    "node.c ops->encap": "ether_encap",
    "node.c sent": "?tcp_node.c:sent",
    "node.c open": "rem_ip_open",
    "ether.c ops->demux": "arp_demux ip_demux",
    "ether.c ops->encap": "arp_encap ip_encap",
    "ether.c wants": None,
    "ether.c read": None,
    "ether.c write": None,
    "arp_cache.c guard->saw": None,
    "ip.c four->demux": "ipv4_demux",
    "ip.c six->demux": None,
    "ip.c ops->demux": "icmp_demux udp_demux tcp_demux",
    "ip.c ops->encap": "icmp_encap udp_encap tcp_encap",
    "ip.c ops->fault": "icmp_fault udp_fault tcp_fault dhcp_client.c:fault dns_client.c:fault ntp_client.c:fault conn_fault",
    "ip.c complain": "icmp_host.c:complain",
    "ip.c at_once": "ipv4_at_once",
    "ip.c find": "arp_resolve",
    "ip.c enclose": "ipv4_enclose",
    "ip.c pieces->fill": None,
    "ip.c pieces->larger": None,
    "ip4.c pieces->collect": None,
    "ip4.c groups->joined": None,
    "icmp_host.c asks->reply": None,
    "icmp_host.c asks->encap": None,
    "icmp_host.c asks->fault": None,
    "udp_ports.c ops->demux": "dhcp_client.c:demux dns_client.c:demux ntp_client.c:demux",
    "udp_ports.c ops->encap": "dhcp_client.c:encap dns_client.c:encap ntp_client.c:encap",
    "udp_ports.c ops->fault": "dhcp_client.c:fault dns_client.c:fault ntp_client.c:fault",
    "dhcp_client.c changed": "leased",
    "dhcp_client.c names->take": None,
    "dns_client.c done": "resolved",
    "dns_client.c carrier->stop": None,
    "dns_client.c carrier->ask": None,
    "dns_client.c memory->keep": None,
    "dns_client.c memory->find": None,
    "ntp_client.c done": None,
    "tcp_node.c notify": "notify",
    "tcp_node.c stray": "tcp_listen.c:stray",
    "http_server.c route->answer": "front_page ?answer_dots",
    "http_server.c admit": None,
    "http_server.c route->take": "?count_bytes",
    "http_server.c server->read": "?rem_http_read_body",
    "http_server.c send_made": "?send_made",
    "http_server.c fill": "?put_dot",
}

# Where a chain comes by once, though the calls go round: the connection that a listener gives a segment to is new, and keeps it.
ONCE = ["tcp_listen.c:stray"]


def call_at(place):
    """What REACHED says "file expression" for: the call that stands at file:line:column."""
    path, line, column = place.rsplit(":", 2)
    with open(path, encoding="utf-8") as source:
        text = source.read().split("\n")[int(line) - 1]
    expression = re.match(r"[\w>-]+", text[int(column) - 1:]).group()
    return path.rsplit("/", 1)[-1] + " " + expression.split("->", 1)[-1]


def read_graphs(paths):
    """Of each function its name in the source, file, bytes of stack; its calls; its calls by a pointer."""
    nodes, calls, pointers = {}, {}, {}
    for path in paths:
        with open(path, encoding="utf-8") as graph:
            lines = graph.read().split("\n")
        for line in lines:
            node = re.match(r'node: { title: "([^"]*)" label: "([^"\\]*)\\n([^"\\]*)\\n(\d+) bytes \((.*)\)', line)
            edge = re.match(r'edge: { sourcename: "([^"]*)" targetname: "([^"]*)"(?: label: "([^"]*)")?', line)
            if node:
                if node[5] != "static":
                    sys.exit(f"{node[2]}: a frame that is {node[5]}")
                nodes[node[1]] = (node[2], node[3].split(":")[0].rsplit("/", 1)[-1], int(node[4]))
            elif edge and edge[2] == "__indirect_call":
                pointers.setdefault(edge[1], set()).add(call_at(edge[3]))
            elif edge:
                calls.setdefault(edge[1], set()).add(edge[2])
    return nodes, calls, pointers


def pushed(program, symbol):
    """Bytes of stack of a function without source."""
    code = subprocess.run(["arm-none-eabi-objdump", "-d", f"--disassemble={symbol}", program],
                          check=True, capture_output=True, text=True).stdout
    return sum(4 * len(registers.split(",")) for registers in re.findall(r"push\s+{(.*)}", code))


def main(program, *graphs):
    nodes, calls, pointers = read_graphs(graphs)
    titles = {}
    for title, (name, file, _) in nodes.items():
        titles.setdefault(name, []).append(title)
        titles.setdefault(f"{file}:{name}", []).append(title)

    def behind(key):
        if key not in REACHED:
            sys.exit(f"whom does {key} call?")
        names = REACHED[key] or "?"
        found = [title for name in names.split() for title in titles.get(name.lstrip("?"), [])]
        if not found and names[0] != "?":
            sys.exit(f"nobody stands behind {key} any more")
        return found

    on_the_way = []
    once = frozenset(title for name in ONCE for title in titles.get(name, []))

    @functools.lru_cache(None)
    def deepest(title, entered):
        if title not in nodes:
            return pushed(program, title), (title,)
        if (title, entered) in on_the_way:
            sys.exit("recursion: " + " ".join(t for t, _ in on_the_way + [(title, entered)]))
        on_the_way.append((title, entered))
        name, _, own = nodes[title]
        below = calls.get(title, set()) | {t for key in pointers.get(title, ()) for t in behind(key)}
        inner = entered | {title} & once
        most, chain = max((deepest(callee, inner) for callee in sorted(below - entered)), default=(0, ()))
        on_the_way.pop()
        return own + most, (f"{name} {own}",) + chain

    most, chain = deepest("main", frozenset())
    print(most, ", ".join(chain))


main(*sys.argv[1:])
