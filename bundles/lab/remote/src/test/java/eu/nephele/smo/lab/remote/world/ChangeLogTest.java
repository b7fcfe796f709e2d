// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

    private final ChangeLog log = new ChangeLog(2, atMost -> {});

    @Test
    void aReaderGoesOnWhereItWas() throws Exception {
        log.workloadChanged(ref("a"));
        ChangeLog.News first = log.since(0, Duration.ZERO);
        assertThat(first.workloads()).containsExactly(ref("a"));
        log.clustersChanged();
        ChangeLog.News second = log.since(first.next(), Duration.ZERO);
        assertThat(second.workloads()).isEmpty();
        assertThat(second.membership()).isTrue();
        assertThat(log.since(second.next(), Duration.ZERO))
                .isEqualTo(new ChangeLog.News(2, false, false, second.workloads()));
    }

    @Test
    void whatIsForgottenIsSaid() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            log.workloadChanged(ref(name));
        }
        assertThat(log.since(0, Duration.ZERO).missed()).isTrue();
        assertThat(log.since(1, Duration.ZERO).missed()).isFalse();
        assertThat(log.since(99, Duration.ZERO).missed())
                .as("a number of another log")
                .isTrue();
    }

    @Test
    void aReaderWaitsForTheFirstChange() throws Exception {
        CompletableFuture<ChangeLog.News> news = CompletableFuture.supplyAsync(() -> {
            try {
                return log.since(0, Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        log.workloadChanged(ref("late"));
        assertThat(news.get().workloads()).containsExactly(ref("late"));
    }

    @Test
    void whatComesWithinAMomentAfterTheFirstChangeIsToldWithIt() throws Exception {
        ChangeLog[] busy = new ChangeLog[1];
        busy[0] = new ChangeLog(10, atMost -> busy[0].workloadChanged(ref("b")));
        busy[0].workloadChanged(ref("a"));
        ChangeLog.News news = busy[0].since(0, Duration.ofSeconds(30));
        assertThat(news.workloads()).containsExactlyInAnyOrder(ref("a"), ref("b"));
        assertThat(news.next()).isEqualTo(2);
    }

    @Test
    void whoGathersNothingIsAnsweredWhenItsTimeIsOver() throws Exception {
        ChangeLog quiet = new ChangeLog(10, atMost -> {
            throw new AssertionError("there is nothing to gather for");
        });
        assertThat(quiet.since(0, Duration.ofMillis(1)).workloads()).isEmpty();
    }

    private static WorkloadRef ref(String service) {
        return new WorkloadRef(new GraphId("p", "g"), service);
    }
}
