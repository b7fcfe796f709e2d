// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All threads with their stacks, what they hold and what they wait for; first of all those that wait for each other. */
public final class ThreadReport implements DiagnosticReport {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public String fileName() {
        return "threads.txt";
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        long[] locked = Optional.ofNullable(threads.findDeadlockedThreads()).orElse(new long[0]);
        lines.add(
                locked.length == 0
                        ? "No threads wait for each other."
                        : "DEADLOCK of threads " + Arrays.toString(locked));
        Arrays.stream(threads.dumpAllThreads(true, true))
                .sorted(Comparator.comparing(ThreadInfo::getThreadName).thenComparing(ThreadInfo::getThreadId))
                .forEach(thread -> add(lines, thread));
        return lines;
    }

    private void add(List<String> lines, ThreadInfo thread) {
        lines.add("");
        lines.add("\"%s\" #%d%s %s, %d ms of processor time%s"
                .formatted(
                        thread.getThreadName(),
                        thread.getThreadId(),
                        thread.isDaemon() ? " daemon" : "",
                        thread.getThreadState(),
                        threads.getThreadCpuTime(thread.getThreadId()) / 1_000_000,
                        Optional.ofNullable(thread.getLockName())
                                .map(lock -> ", waits for " + lock
                                        + Optional.ofNullable(thread.getLockOwnerName())
                                                .map(owner -> " of \"" + owner + "\"")
                                                .orElse(""))
                                .orElse("")));
        StackTraceElement[] stack = thread.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            lines.add("    at " + stack[depth]);
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    lines.add("    holds " + monitor);
                }
            }
        }
        for (LockInfo lock : thread.getLockedSynchronizers()) {
            lines.add("    holds " + lock);
        }
    }
}
