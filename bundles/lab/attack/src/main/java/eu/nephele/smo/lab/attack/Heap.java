// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another Java process after a collection, as the JDK's {@code jcmd} tells it. */
final class Heap {

    /** A generation of Serial and Parallel, or the whole heap of G1; never Metaspace. */
    private static final Pattern USED = Pattern.compile(
            "(?m)^\\s*(?:\\d+:\\s*)?(?:def new generation|tenured generation|PSYoungGen|ParOldGen|garbage-first heap)\\s.*?used (\\d+)K");

    private static final double KILOBYTES_PER_MEGABYTE = 1024.0;

    private final String pid;

    Heap(long pid) {
        this.pid = Long.toString(pid);
    }

    /** @throws IOException when jcmd is not there or does not tell */
    double megabytesAfterCollection() throws IOException, InterruptedException {
        // The second collection takes what the first has made free: cleaners, soft ends of connections.
        jcmd("GC.run");
        jcmd("GC.run");
        return megabytes(jcmd("GC.heap_info"));
    }

    static double megabytes(String info) throws IOException {
        Matcher matcher = USED.matcher(info);
        long kilobytes = 0;
        while (matcher.find()) {
            kilobytes += Long.parseLong(matcher.group(1));
        }
        if (kilobytes == 0) {
            throw new IOException("jcmd does not tell the heap: " + info);
        }
        return kilobytes / KILOBYTES_PER_MEGABYTE;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(program, pid, command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd %s %s: %s".formatted(pid, command, output));
        }
        return output;
    }
}
