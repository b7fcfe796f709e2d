// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Properties of the Karmada of a test. Tests that need players or other versions are skipped, never silently. */
final class RealPrograms {

    private static final Pattern VERSION = Pattern.compile("GitVersion:\"v1\\.(\\d+)");

    private RealPrograms() {}

    static boolean are(Testbed testbed) {
        return testbed.spec().karmadaFolder().isPresent();
    }

    /** Skips the test unless Karmada is played. */
    static void areNot(Testbed testbed, String why) {
        assume(!are(testbed), why);
    }

    /** Played, or older than 1.MINOR. */
    static void areOlderThan(Testbed testbed, int minor, String why) throws IOException, InterruptedException {
        assume(!are(testbed) || minor(testbed) < minor, why);
    }

    /** Played, or with this flag of the controller manager, as its help says. */
    static void know(Testbed testbed, String flag, String why) throws IOException {
        Path help = testbed.folder().resolve("karmada-programs/karmada-controller-manager.help");
        assume(!are(testbed) || Files.readString(help).contains(flag), why);
    }

    private static int minor(Testbed testbed) throws IOException, InterruptedException {
        Path program = testbed.spec().karmadaFolder().orElseThrow().resolve("karmadactl");
        Process process = new ProcessBuilder(program.toString(), "version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher matcher = VERSION.matcher(said);
        if (!matcher.find()) {
            throw new IOException("karmadactl does not tell its version: " + said);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static void assume(boolean holds, String why) {
        if (!holds) {
            System.err.println("*** SKIPPED ON THIS KARMADA, " + why + " ***");
        }
        assumeTrue(holds, why);
    }
}
