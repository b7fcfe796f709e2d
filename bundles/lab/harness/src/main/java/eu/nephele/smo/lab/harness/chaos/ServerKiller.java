// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a server and starts it again: in the middle of a step, during the start, right after it, or when clients have been served, for
 * that is slow at first.
 */
final class ServerKiller {

    private static final int ONE_IN_DURING_START = 6;
    private static final int ONE_IN_RIGHT_AFTER = 4;
    private static final long SERVICE_SECONDS = 10;
    private static final int FIRST_MILLIS = 50;
    /** Targets in turns; empty for an arbitrary moment. */
    private static final List<Optional<ServerStep>> AIMS = List.of(
            Optional.of(ServerStep.DEPLOY),
            Optional.of(ServerStep.ALERT),
            Optional.of(ServerStep.SCALE),
            Optional.of(ServerStep.MOVE),
            Optional.of(ServerStep.REMOVE),
            Optional.empty());

    private static final long AIM_SECONDS = 40;

    private final ServerProcess server;
    private final KillTarget killTarget;
    private final List<Instant> kills = new ArrayList<>();
    private final PromiseLedger ledger;
    private final Random random;
    private final ChaosPace pace;
    private int killsDuringStart;
    private int aimed;

    ServerKiller(ServerProcess server, KillTarget killTarget, PromiseLedger ledger, Random random, ChaosPace pace) {
        this.server = server;
        this.killTarget = killTarget;
        this.ledger = ledger;
        this.random = random;
        this.pace = pace;
    }

    Kills kills() throws IOException, InterruptedException {
        return new Kills(killsDuringStart, StepTracker.hit(kills, killTarget.events()), server.startMillis());
    }

    /** Kills it once and starts it again, without waiting for it. */
    String kill(int number) throws IOException, InterruptedException {
        boolean duringStart = number > 1 && random.nextInt(ONE_IN_DURING_START) == 0;
        String moment = duringStart ? duringStart() : pace.stepMillis() > 0 ? inTurn() : anywhere();
        kills.add(Instant.now());
        if (!server.isReady()) {
            killsDuringStart++;
        }
        server.kill();
        server.startAgain();
        return moment;
    }

    private String duringStart() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(pace.startMillis()));
        return server.isReady() ? "right after the start" : "during the start";
    }

    private String inTurn() throws IOException, InterruptedException {
        Optional<ServerStep> step = AIMS.get(aimed % AIMS.size());
        aimed++;
        if (step.isEmpty()) {
            return anywhere();
        }
        server.awaitReady();
        boolean came = killTarget.await(step.get(), AIM_SECONDS);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(pace.stepMillis()));
        return "%s in the middle of %s".formatted(came ? "" : "not", step.get()).strip();
    }

    private String anywhere() throws IOException, InterruptedException {
        server.awaitReady();
        if (random.nextInt(ONE_IN_RIGHT_AFTER) > 0) {
            awaitPromise();
        }
        TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS + random.nextInt(pace.lifeMillis() - FIRST_MILLIS));
        return "somewhere";
    }

    /** Waits until it is ready and has served a call, or no call comes for some seconds. */
    void awaitService() throws IOException, InterruptedException {
        server.awaitReady();
        awaitPromise();
    }

    private void awaitPromise() throws InterruptedException {
        int before = ledger.promises();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVICE_SECONDS);
        while (ledger.promises() == before && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
