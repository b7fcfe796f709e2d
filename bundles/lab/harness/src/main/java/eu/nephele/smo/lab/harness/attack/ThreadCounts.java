// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

record ThreadCounts(int web, int webAtWork, int others) {

    /** The pool of the web server grows to this and shrinks by one a minute; idle threads of it hold nothing. */
    private static final int MOST_WEB = 200;

    /** Acceptors and selectors take turns in being at work. */
    private static final int MORE_AT_WORK = 2;

    /** Compilers, connections to the database and calls of strategies come and go. */
    private static final int MORE_OTHERS = 5;

    private static final String NAME_OF_WEB = "\"qtp";
    private static final List<String> IDLE =
            List.of("QueuedThreadPool$Runner.idleJobPoll", "ReservedThreadExecutor$ReservedThread.waitForTask");

    static ThreadCounts from(ServerUnderTest server) throws IOException, InterruptedException {
        return in(server.jcmd("Thread.print"));
    }

    /**
     * @param dump as {@code jcmd} prints it: a block per thread, which begins with its name in quotes
     * @throws IOException when it has no thread
     */
    static ThreadCounts in(String dump) throws IOException {
        int web = 0;
        int idle = 0;
        int others = 0;
        for (String block : dump.split("\\R(?=\")", -1)) {
            if (block.startsWith(NAME_OF_WEB)) {
                web++;
                idle += IDLE.stream().anyMatch(block::contains) ? 1 : 0;
            } else if (block.startsWith("\"")) {
                others++;
            }
        }
        if (web + others == 0) {
            throw new IOException("jcmd reports no threads: " + dump);
        }
        return new ThreadCounts(web, web - idle, others);
    }

    List<String> beyond(ThreadCounts before) {
        List<String> more = new ArrayList<>();
        if (web > MOST_WEB) {
            more.add("threads of the web server: %d, at most %d".formatted(web, MOST_WEB));
        }
        if (webAtWork > before.webAtWork + MORE_AT_WORK) {
            more.add("threads of the web server at work: %d, before %d".formatted(webAtWork, before.webAtWork));
        }
        if (others > before.others + MORE_OTHERS) {
            more.add("other threads: %d, before %d".formatted(others, before.others));
        }
        return more;
    }
}
