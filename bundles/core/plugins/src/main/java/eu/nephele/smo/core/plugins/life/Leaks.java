// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

/** What a plugin has left behind and should not have. */
final class Leaks {

    private Leaks() {}

    /** Names of threads that run code of these bundles, or would look for classes in them. */
    static List<String> threads(List<Bundle> bundles, Set<String> packages) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey() != Thread.currentThread())
                .filter(entry -> belongs(entry.getKey().getContextClassLoader(), bundles)
                        || belongs(entry.getKey().getClass().getClassLoader(), bundles)
                        || runs(entry.getValue(), packages))
                .map(entry -> entry.getKey().getName())
                .sorted()
                .toList();
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
