// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.Binaries;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** A test that needs real components is skipped where they are missing, never silently. */
public final class Needs {

    private Needs() {}

    public static void programs(String... programs) {
        List<String> absent = Binaries.ofThisMachine().absent(List.of(programs));
        absent.forEach(line -> System.err.println("*** SKIPPED, " + line.toUpperCase(Locale.ROOT) + " ***"));
        Assumptions.assumeTrue(absent.isEmpty(), String.join("; ", absent));
    }

    public static void kubernetes() {
        programs("etcd", "kube-apiserver", "kube-controller-manager", "openssl");
    }
}
