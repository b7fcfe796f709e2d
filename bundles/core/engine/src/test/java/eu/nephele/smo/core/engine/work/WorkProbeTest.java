// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.contract.work.WorkProbe;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The probe of the engine is right: also when a thread of it has met the end of memory. */
class WorkProbeTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final ThreadScheduler scheduler = new ThreadScheduler("engine", 1);
    private final ThreadScheduler beside = new ThreadScheduler("engine", 1);
    private final CountDownLatch passes = new CountDownLatch(1);
    private final WorkQueue<String> queue = new WorkQueue<>(
            scheduler,
            key -> {
                passes.countDown();
                return new PassResult.Finished();
            },
            EngineSettings.STANDARD.backOff(),
            new Random(1));
    private final WorkProbe probe = new WorkProbe("engine", List.of(scheduler, beside), queue);

    @AfterEach
    void end() {
        scheduler.close();
        beside.close();
    }

    @Test
    void anEngineWhosePassesBeginIsWell() throws Exception {
        queue.add("a");
        assertThat(passes.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(probe.probe()).isEqualTo(ProbeResult.well("the engine is available"));
        assertThat(queue.stuck()).isZero();
    }

    @Test
    void aTaskThatFailsByADefectBreaksNothing() throws Exception {
        scheduler.execute(() -> {
            throw new IllegalStateException("played");
        });
        queue.add("a");
        assertThat(passes.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(probe.probe().ok()).isTrue();
    }

    @Test
    void aPassThatRunsOutOfStackIsADefectAndNoReasonToEnd() throws Exception {
        scheduler.execute(() -> {
            throw new StackOverflowError("played");
        });
        queue.add("a");
        assertThat(passes.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(probe.probe().ok()).isTrue();
    }

    @Test
    void anErrorInAnAuxiliaryThreadBreaksTheEngine() {
        beside.execute(() -> {
            throw new InternalError("played");
        });
        Await.until("the probe asks for a restart", () -> probe.probe().restart());
    }

    @Test
    void memoryThatRunsOutInAThreadOfTheEngineAsksForARestart() {
        scheduler.execute(() -> {
            throw new OutOfMemoryError("played");
        });
        Await.until("the probe asks for a restart", () -> probe.probe().restart());
        assertThat(probe.probe().message()).contains("OutOfMemoryError", "played");
    }

    @Test
    void keysThatWaitWhileNoPassBeginsAreStuck() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        scheduler.execute(() -> {
            busy.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        busy.await();
        queue.add("a");
        Await.until("the key is stuck", () -> queue.stuck().compareTo(Duration.ofMillis(50)) > 0);
        release.countDown();
        Await.until("no key is stuck", () -> queue.stuck().isZero());
    }
}
