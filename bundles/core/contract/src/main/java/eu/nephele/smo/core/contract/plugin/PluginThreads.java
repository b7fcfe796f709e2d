// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Threads that code of one bundle has started. They are known by their group: a thread is born into the group of the one that
 * starts it, so code of a bundle is called on threads of the bundle's group.
 */
public final class PluginThreads {

    private static final String PREFIX = "smo-bundle-";

    /** From this Java on a group without threads is collected like any other object. */
    private static final int COLLECTED_SINCE = 19;

    private PluginThreads() {}

    /** The group for calls of a bundle; the same name gives the same group, or one that counts as the same. */
    public static ThreadGroup group(String bundle) {
        return groups(bundle).stream().findFirst().orElseGet(() -> new ThreadGroup(root(), PREFIX + bundle));
    }

    /** The group for calls of an installed bundle. */
    public static ThreadGroup group(long bundleId) {
        return group(Long.toString(bundleId));
    }

    /** Live threads in the groups of an installed bundle. */
    public static List<Thread> find(long bundleId) {
        return groups(Long.toString(bundleId)).stream()
                .flatMap(group -> list(group).stream())
                .toList();
    }

    /** Live threads of a group, and of groups inside it. */
    public static List<Thread> list(ThreadGroup group) {
        // more may come while they are listed
        Thread[] threads = new Thread[group.activeCount() * 2 + 16];
        group.enumerate(threads);
        return Arrays.stream(threads).filter(Objects::nonNull).toList();
    }

    /** Lets the group of a bundle go that is not installed any more: now, or with its last thread. */
    public static void forget(long bundleId) {
        if (Runtime.version().feature() < COLLECTED_SINCE) {
            groups(Long.toString(bundleId)).forEach(PluginThreads::destroy);
        }
    }

    @SuppressWarnings("removal") // not called where it is removed
    private static void destroy(ThreadGroup group) {
        group.setDaemon(true);
        try {
            group.destroy();
        } catch (IllegalThreadStateException used) {
            // then it goes with its last thread, which may just have ended
        }
    }

    /** Returns whether a thread was started by code of a bundle that is none of these. */
    public static boolean isOfAnother(Thread thread, Set<Long> bundleIds) {
        for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
            String name = group.getName();
            if (name.startsWith(PREFIX)) {
                return bundleIds.stream().noneMatch(id -> name.equals(PREFIX + id));
            }
        }
        return false;
    }

    private static List<ThreadGroup> groups(String bundle) {
        ThreadGroup root = root();
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() * 2 + 16];
        root.enumerate(groups);
        return Arrays.stream(groups)
                .filter(Objects::nonNull)
                .filter(group -> group.getName().equals(PREFIX + bundle))
                .toList();
    }

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
