// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Resources of a process after a full collection.
 *
 * @param loaders class loaders of bundles that are alive, those of the product included
 * @param threads threads by kind: numbers in their names are left out
 */
record ProcessState(long loaders, long liveBytes, Map<String, Integer> threads) {

    private static final Pattern LOADERS = Pattern.compile("(?m)^ *\\d+: +(\\d+) .*\\$BundleClassLoader( |$)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +(\\d+) +(\\d+)");

    /** @throws IllegalStateException when this Java has no class histogram */
    static ProcessState now() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return of(String.valueOf(histogram));
        } catch (JMException missing) {
            throw new IllegalStateException("This Java has no class histogram: " + missing.getMessage(), missing);
        }
    }

    static ProcessState of(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException(
                    "No class histogram: " + histogram.lines().findFirst().orElse(""));
        }
        long loaders = LOADERS.matcher(histogram)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
        return new ProcessState(loaders, Long.parseLong(total.group(2)), kinds());
    }

    private static Map<String, Integer> kinds() {
        ThreadInfo[] infos = ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, 0);
        return Arrays.stream(infos)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(
                        info -> info.getThreadName().replaceAll("\\d+", "#"), info -> 1, Integer::sum, TreeMap::new));
    }
}
