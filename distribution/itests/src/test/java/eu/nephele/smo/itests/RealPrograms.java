// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.components.Binaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that a test runs beside the product. */
final class RealPrograms {

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private RealPrograms() {}

    /** Skips the test, loudly, where something is missing; with {@code test --real} it fails. */
    static void require(String... names) {
        List<String> absent = new ArrayList<>(Binaries.ofThisMachine().absent(List.of(names)));
        if (!Files.isExecutable(BUSYBOX)) {
            absent.add("busybox");
        }
        if (isMissing(absent)) {
            Assumptions.abort("missing: " + absent);
        }
    }

    /** Says loudly what is not tested for the lack of programs; with {@code test --real} it fails. */
    static boolean isMissing(List<String> absent) {
        if (!absent.isEmpty()) {
            System.err.println("*** NOT TESTED, PROGRAMS ARE MISSING: " + absent + " ***");
            assertThat(Boolean.getBoolean(Real.PROPERTY))
                    .as("test --real needs them: %s", absent)
                    .isFalse();
        }
        return !absent.isEmpty();
    }
}
