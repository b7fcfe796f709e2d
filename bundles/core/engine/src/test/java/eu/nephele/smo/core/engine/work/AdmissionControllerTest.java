// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.FollowingClock;
import eu.nephele.smo.core.engine.VirtualScheduler;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Accepted work is bounded by the rate of passes. */
class AdmissionControllerTest {

    private static final AdmissionController.AdmissionLimits LIMITS =
            new AdmissionController.AdmissionLimits(100, 200, Duration.ofSeconds(20));

    private final VirtualScheduler scheduler =
            new VirtualScheduler(new FollowingClock(new VirtualClock(Instant.EPOCH)));
    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);
    private final WorkQueue<String> queue = new WorkQueue<>(
            scheduler,
            key -> new PassResult.Finished(),
            key -> key.startsWith("removed") ? PriorityLevel.REMOVAL : PriorityLevel.ROUTINE,
            new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new Random(1),
            () -> nanos);
    private final AdmissionController admission = new AdmissionController(LIMITS, queue);
    private final Map<String, Integer> counted = new HashMap<>();

    @Test
    void changesAreTakenUntilAsManyWaitAsMay() {
        add(99, "new", PriorityLevel.CHANGE);
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
        add(1, "more", PriorityLevel.CHANGE);
        assertThat(refusal().getMessage()).contains("100 graphs", "maxQueuedChanges", "Nothing was stored");
        assertThat(admission.refusing()).isPresent();
        scheduler.runDue();
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
        assertThat(admission.refusing()).isEmpty();
    }

    @Test
    void onePrincipalHasNoMoreOperationsUnderWayThanItMay() {
        AdmissionController bounded = new AdmissionController(
                new AdmissionController.AdmissionLimits(100, 200, Duration.ofSeconds(20), 3, Set.of("admin")), queue);
        assertThatCode(() -> bounded.admitAnother("anna", 2)).doesNotThrowAnyException();
        assertThatCode(() -> bounded.admitAnother("admin", 300)).doesNotThrowAnyException();
        assertThatCode(() -> admission.admitAnother("anna", 300)).as("no limit").doesNotThrowAnyException();
        assertThatThrownBy(() -> bounded.admitAnother("anna", 3))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.THROTTLED);
                    assertThat(refused.retryAfter()).isPresent();
                    assertThat(refused.getMessage()).contains("3 operations of anna", "maxOperationsPerPrincipal");
                });
    }

    @Test
    void whatChangesHaveSetOffCountsAndRoutineDoesNot() {
        add(10_000, "routine", PriorityLevel.ROUTINE);
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
        add(100, "under way", PriorityLevel.PROGRESS);
        assertThat(refusal()).isNotNull();
    }

    @Test
    void aClusterThatComesBackWithThousandsOfGraphsKeepsNoChangeOut() {
        for (int i = 0; i < 10_000; i++) {
            queue.add("deployed long ago " + i);
        }
        assertThat(queue.size(PriorityLevel.NEWS)).isEqualTo(10_000);
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
    }

    @Test
    void removalsAreTakenWhileChangesAreRefusedAndHaveABoundOfTheirOwn() {
        add(100, "new", PriorityLevel.CHANGE);
        add(199, "removed", PriorityLevel.CHANGE);
        assertThatCode(admission::admitRemoval).doesNotThrowAnyException();
        add(1, "removed too", PriorityLevel.CHANGE);
        assertThatThrownBy(admission::admitRemoval)
                .asInstanceOf(type(SmoException.class))
                .satisfies(refused -> assertThat(refused.retryAfter()).isPresent())
                .satisfies(refused -> assertThat(refused.getMessage()).contains("maxQueuedRemovals"));
    }

    @Test
    void removalsThatWaitKeepNoChangeOut() {
        add(200, "removed", PriorityLevel.CHANGE);
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
    }

    @Test
    void changesAreRefusedWhileOneHasWaitedTooLong() {
        // the clock passes the end of its numbers meanwhile
        add(1, "old", PriorityLevel.CHANGE);
        nanos += TimeUnit.SECONDS.toNanos(20);
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(refusal().getMessage()).contains("22 s", "maxQueueSeconds");
        scheduler.runDue();
        assertThatCode(admission::admitChange).doesNotThrowAnyException();
    }

    @Test
    void theTimeToAskAgainIsThatOfAQuarterOfTheQueueAtTheMeasuredRate() {
        for (int second = 0; second < 10; second++) {
            add(5, "done " + second, PriorityLevel.CHANGE);
            scheduler.runDue();
            nanos += TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(admission.expectedWait()).isZero();
        add(100, "new", PriorityLevel.CHANGE);
        // 25 of 100 at 5 per second
        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(admission.expectedWait()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aFirstChangeOfAnIdleServerIsWaitedForAndOneThatNobodyBeginsIsNot() {
        add(1, "first", PriorityLevel.CHANGE);
        assertThat(admission.expectedWait()).as("before a worker has taken it").isZero();
        nanos += TimeUnit.SECONDS.toNanos(31);
        assertThat(admission.expectedWait()).isEqualTo(Duration.ofSeconds(31));
        nanos += TimeUnit.MINUTES.toNanos(5);
        assertThat(admission.expectedWait()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theTimeToAskAgainIsNeitherNothingNorLongerThanAMinute() {
        add(100, "new", PriorityLevel.CHANGE);
        assertThat(refusal().retryAfter()).as("nothing was done yet").contains(Duration.ofMinutes(1));
        scheduler.runDue();
        nanos += TimeUnit.SECONDS.toNanos(1);
        add(100, "next", PriorityLevel.CHANGE);
        assertThat(refusal().retryAfter()).as("25 at 100 per second").contains(Duration.ofSeconds(1));
    }

    @Test
    void refusalsAreCountedByReasonAndTheQueueIsShown() {
        Map<String, Double> shown = new HashMap<>();
        admission.publish(new MetricsRecorder() {
            @Override
            public void count(String name, Map<String, String> labels) {
                counted.merge(name + labels, 1, Integer::sum);
            }

            @Override
            public void time(String name, Map<String, String> labels, Duration duration) {
                throw new AssertionError(name);
            }

            @Override
            public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
                shown.put(name + labels, value.applyAsDouble(owner));
            }
        });
        assertThat(shown)
                .containsEntry("smo_engine_waiting_graphs{lane=change}", 0.0)
                .containsEntry("smo_engine_oldest_change_seconds{}", 0.0)
                .containsEntry("smo_engine_passes_per_second{}", 0.0)
                .hasSize(PriorityLevel.values().length + 2);
        add(100, "new", PriorityLevel.CHANGE);
        refusal();
        refusal();
        add(200, "removed", PriorityLevel.CHANGE);
        assertThatThrownBy(admission::admitRemoval).isInstanceOf(SmoException.class);
        assertThat(counted)
                .isEqualTo(Map.of(
                        "smo_engine_refused_total{reason=length}", 2, "smo_engine_refused_total{reason=removals}", 1));
    }

    private SmoException refusal() {
        try {
            admission.admitChange();
        } catch (SmoException refused) {
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
            assertThat(refused.retryAfter()).isPresent();
            return refused;
        }
        throw new AssertionError("A change was let in: " + queue.size() + " wait");
    }

    private void add(int keys, String name, PriorityLevel priorityLevel) {
        for (int i = 0; i < keys; i++) {
            queue.add(name + "-" + i, priorityLevel);
        }
    }
}
