// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another Java process after a collection, as reported by the JDK's {@code jcmd}. */
final class HeapProbe {

    /** A generation of Serial and Parallel, or the whole heap of G1; never Metaspace. */
    private static final Pattern USED = Pattern.compile(
            "(?m)^\\s*(?:\\d+:\\s*)?(?:def new generation|tenured generation|PSYoungGen|ParOldGen|garbage-first heap)\\s.*?used (\\d+)K");

    private static final double KILOBYTES_PER_MEGABYTE = 1024.0;

    private final ServerUnderTest server;

    HeapProbe(ServerUnderTest server) {
        this.server = server;
    }

    /** @throws IOException when jcmd is missing or fails */
    double megabytesAfterCollection() throws IOException, InterruptedException {
        // the second collection takes objects that the first one released: cleaners, soft ends of connections
        server.jcmd("GC.run");
        server.jcmd("GC.run");
        return megabytes(server.jcmd("GC.heap_info"));
    }

    static double megabytes(String info) throws IOException {
        Matcher matcher = USED.matcher(info);
        long kilobytes = 0;
        while (matcher.find()) {
            kilobytes += Long.parseLong(matcher.group(1));
        }
        if (kilobytes == 0) {
            throw new IOException("jcmd reports no heap: " + info);
        }
        return kilobytes / KILOBYTES_PER_MEGABYTE;
    }
}
