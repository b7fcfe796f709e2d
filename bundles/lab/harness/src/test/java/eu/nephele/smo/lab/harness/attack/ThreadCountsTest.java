// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThreadCountsTest {

    private static final String DUMP = """
            123:
            Full thread dump OpenJDK 64-Bit Server VM:

            "main" #1 prio=5
               java.lang.Thread.State: WAITING (parking)
            \tat java.lang.Thread.run

            "qtp77-30" #30 prio=5
               java.lang.Thread.State: TIMED_WAITING (parking)
            \tat org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.idleJobPoll(QueuedThreadPool.java:1141)

            "qtp77-31" #31 prio=5
               java.lang.Thread.State: RUNNABLE
            \tat sun.nio.ch.EPoll.wait

            "VM Thread" os_prio=0
            """;

    @Test
    void aThreadOfThePoolIsIdleOrAtWork() throws IOException {
        assertThat(ThreadCounts.in(DUMP)).isEqualTo(new ThreadCounts(2, 1, 2));
        assertThatThrownBy(() -> ThreadCounts.in("123:\nno such process")).isInstanceOf(IOException.class);
    }

    @Test
    void thePoolMayHaveGrownButIsNotAtWork() {
        ThreadCounts before = new ThreadCounts(8, 3, 50);
        assertThat(new ThreadCounts(200, 5, 55).beyond(before)).isEmpty();
        assertThat(new ThreadCounts(201, 6, 56).beyond(before))
                .containsExactly(
                        "threads of the web server: 201, at most 200",
                        "threads of the web server at work: 6, before 3",
                        "other threads: 56, before 50");
    }
}
