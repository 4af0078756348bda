"""Who goes first while more threads than processors want to run: those of sound.

A thread of ordinary priority that wakes while engines compute may be left to wait, whatever its niceness. Seen on two
cores: a speaker's callback that came 44 ms after the last had stood in line for 18 of them, with Python's lock free. At
such a moment a buffer of 40 ms runs dry. Sound servers therefore have theirs run in real time; so do we.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading

REALTIME_PRIORITY = 4
"""Right below what PulseAudio gives its own threads."""
NICENESS = -11
"""Where there is no real time; sound servers take the same."""
LONGEST_RUN_US = 200_000
"""rtkit helps only programs whose real-time threads are ended when they run for longer without a rest. A callback of
sound rests every 10 ms."""
ANSWER_S = 5.0

_ERRORS = (OSError, ValueError, KeyError, RuntimeError)


def hurry() -> None:
    """Let the thread that calls this go before others, as far as the system allows. Never fails, and does not block."""
    if sys.platform != "linux":  # elsewhere PortAudio's threads have the priority of sound already
        return
    thread = threading.get_native_id()
    try:
        os.sched_setscheduler(thread, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(REALTIME_PRIORITY))
    except OSError:
        threading.Thread(target=_ask_rtkit, args=(thread,), name="ask for real time", daemon=True).start()


def _ask_rtkit(thread: int) -> None:
    """Have rtkit do what we may not: it serves whoever sits at the computer."""
    with contextlib.suppress(*_ERRORS):
        os.setpriority(os.PRIO_PROCESS, thread, NICENESS)
    with contextlib.suppress(*_ERRORS):
        import resource

        from jeepney import DBusAddress, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        resource.setrlimit(resource.RLIMIT_RTTIME, (LONGEST_RUN_US, LONGEST_RUN_US))
        name = "org.freedesktop.RealtimeKit1"
        rtkit = DBusAddress("/org/freedesktop/RealtimeKit1", name, name)
        with open_dbus_connection("SYSTEM") as bus:
            for wish, signature, how in (
                ("MakeThreadRealtime", "tu", REALTIME_PRIORITY),
                ("MakeThreadHighPriority", "ti", NICENESS),
            ):
                call = new_method_call(rtkit, wish, signature, (thread, how))
                answer = bus.send_and_get_reply(call, timeout=ANSWER_S)
                if answer.header.message_type is MessageType.method_return:
                    return
