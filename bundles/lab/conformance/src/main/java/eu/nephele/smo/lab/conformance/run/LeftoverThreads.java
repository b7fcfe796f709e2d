// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds threads that a plug-in leaves behind. */
public final class LeftoverThreads {

    private final ClassLoader mark;
    private final Class<?> plugin;

    LeftoverThreads(ClassLoader mark, Class<?> plugin) {
        this.mark = mark;
        this.plugin = plugin;
    }

    /** Names of threads that were started by a call and still run. */
    public List<String> started() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(this::isStartedByCall)
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** Threads of {@link #started()} that are within code of the plug-in: its classes can never be unloaded. */
    public List<String> busy() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> isStartedByCall(entry.getKey()))
                .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(this::isOfPlugin))
                .map(Map.Entry::getKey)
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** The kit's own threads carry the mark as well; they are known by their names. */
    private boolean isStartedByCall(Thread thread) {
        return thread.isAlive()
                && thread.getContextClassLoader() == mark
                && !thread.getName().startsWith("smo-conformance-");
    }

    private boolean isOfPlugin(StackTraceElement frame) {
        ClassLoader loader = plugin.getClassLoader();
        try {
            return loader != null
                    && Class.forName(frame.getClassName(), false, loader).getClassLoader() == loader;
        } catch (ClassNotFoundException | LinkageError e) {
            // hidden classes cannot be loaded by name; the frame of the class around them gives the same answer
            return frame.getClassName().startsWith(plugin.getName());
        }
    }
}
