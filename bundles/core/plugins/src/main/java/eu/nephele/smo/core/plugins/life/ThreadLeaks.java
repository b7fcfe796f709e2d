// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.core.contract.plugin.PluginThreads;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

/** Threads that a plugin has left behind and should not have. */
final class ThreadLeaks {

    private static final long TAKES_EFFECT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private ThreadLeaks() {}

    /**
     * Interrupts the threads of bundles and gives them a moment to end.
     *
     * @param packages of their classes
     * @return names of those that run on: threads that these bundles have started, or that run their code
     */
    static List<String> end(List<Bundle> bundles, Set<String> packages) {
        Set<Thread> theirs = theirs(bundles);
        theirs.forEach(Thread::interrupt);
        long end = System.nanoTime() + TAKES_EFFECT_NANOS;
        while (theirs.stream().anyMatch(Thread::isAlive) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Set<Thread> left = theirs(bundles);
        // the code may be that of another version: such a thread is named, and not touched
        Set<Long> ids = bundles.stream().map(Bundle::getBundleId).collect(Collectors.toSet());
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (runs(stack, packages) && !PluginThreads.isOfAnother(thread, ids)) {
                left.add(thread);
            }
        });
        left.remove(Thread.currentThread());
        return left.stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    static void interrupt(List<Bundle> bundles) {
        theirs(bundles).forEach(Thread::interrupt);
    }

    private static Set<Thread> theirs(List<Bundle> bundles) {
        Set<Thread> theirs = new HashSet<>();
        bundles.forEach(bundle -> theirs.addAll(PluginThreads.find(bundle.getBundleId())));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> belongs(thread.getContextClassLoader(), bundles)
                        || belongs(thread.getClass().getClassLoader(), bundles))
                .forEach(theirs::add);
        theirs.remove(Thread.currentThread());
        return theirs;
    }

    private static boolean belongs(ClassLoader loader, List<Bundle> bundles) {
        return loader instanceof BundleReference reference && bundles.contains(reference.getBundle());
    }

    private static boolean runs(StackTraceElement[] stack, Set<String> packages) {
        return Arrays.stream(stack)
                .map(StackTraceElement::getClassName)
                .anyMatch(name ->
                        name.lastIndexOf('.') > 0 && packages.contains(name.substring(0, name.lastIndexOf('.'))));
    }
}
