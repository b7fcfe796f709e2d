// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.DatabaseProxy.Cut;
import eu.nephele.smo.lab.remote.world.OwnerReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hits the owner of a database in turns by each {@link OwnerFailure}, and starts it again as the standby of its successor. */
final class OwnerFailureInjector {

    static final Duration LEASE = Duration.ofSeconds(5);

    private static final int LEAST_LONGER_MILLIS = 2000;
    private static final int LONGER_MILLIS = 2000;
    private static final int FIRST_MILLIS = 50;
    /** Pause before a hit, so that work is under way. */
    private static final int SERVED = 10;

    private static final long SERVICE_SECONDS = 10;
    private static final long TAKEOVER_SECONDS = 30;
    /** A server checks its lease five times per duration. */
    private static final long END_SECONDS = 15;

    private final List<StandbyPeer> peers;
    private final ServerBalancer balancer;
    private final PromiseLedger ledger;
    private final Random random;
    private final ChaosPace pace;
    private final List<Instant> moments = new ArrayList<>();
    private final List<Long> takeoverMillis = new ArrayList<>();
    private final Map<OwnerFailure, Integer> blows = new EnumMap<>(OwnerFailure.class);
    private final LateWrites late;

    OwnerFailureInjector(
            List<StandbyPeer> peers, ServerBalancer balancer, PromiseLedger ledger, Random random, ChaosWorld world) {
        this.peers = List.copyOf(peers);
        this.balancer = balancer;
        this.ledger = ledger;
        this.random = random;
        this.pace = world.pace();
        this.late =
                new LateWrites(() -> world.owners().map(OwnerReport::lateWrites).orElse(0L));
    }

    List<Instant> moments() {
        return List.copyOf(moments);
    }

    List<Long> takeoverMillis() {
        return List.copyOf(takeoverMillis);
    }

    Map<OwnerFailure, Integer> blows() {
        return Map.copyOf(blows);
    }

    Map<OwnerFailure, Long> lateWrites() {
        return late.byBlow();
    }

    /** Hits the owner once; ends when it stands by. */
    String strike(int number) throws IOException, InterruptedException {
        OwnerFailure ownerFailure = OwnerFailure.of(number);
        Cut cut = number / OwnerFailure.values().length % 2 == 0 ? Cut.SILENT : Cut.CLOSED;
        StandbyPeer victim = awaitMoment();
        late.begin();
        victim.hit();
        moments.add(Instant.now());
        blows.merge(ownerFailure, 1, Integer::sum);
        CompletableFuture<Long> successor = balancer.expectSuccessor(victim);
        String what = "%s of %s".formatted(ChaosResult.lower(ownerFailure), victim);
        switch (ownerFailure) {
            case KILL -> victim.kill();
            case STOP -> stop(victim, what);
            case CUT -> cut(victim, what, cut);
        }
        String taken = await(successor, what);
        victim.startAgain();
        victim.awaitReady();
        late.end(ownerFailure);
        return "%s%s, %s".formatted(what, ownerFailure == OwnerFailure.CUT ? " " + ChaosResult.lower(cut) : "", taken);
    }

    /** Waits until both are ready and several calls were served. */
    private StandbyPeer awaitMoment() throws IOException, InterruptedException {
        int before = ledger.promises();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVICE_SECONDS);
        while (ledger.promises() < before + SERVED && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS + random.nextInt(pace.lifeMillis() - FIRST_MILLIS));
        for (StandbyPeer peer : peers) {
            peer.awaitReady();
        }
        ServerBackend owner = balancer.awaitOwner();
        return peers.stream().filter(owner::equals).findFirst().orElseThrow();
    }

    private void stop(StandbyPeer victim, String what) throws IOException, InterruptedException {
        victim.stop();
        try {
            outliveLease();
        } finally {
            victim.goOn();
        }
        expectEnd(victim, what);
    }

    private void cut(StandbyPeer victim, String what, Cut how) throws IOException, InterruptedException {
        victim.cable().cut(how);
        try {
            outliveLease();
        } finally {
            victim.cable().mend();
        }
        expectEnd(victim, what);
    }

    private void outliveLease() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(LEASE.toMillis() + LEAST_LONGER_MILLIS + random.nextInt(LONGER_MILLIS));
    }

    private void expectEnd(StandbyPeer victim, String what) throws IOException, InterruptedException {
        OptionalInt status = victim.awaitEnd(END_SECONDS);
        if (status.isEmpty()) {
            ledger.find(ChaosFinding.stuck(
                    what, "ends with " + StandbyPeer.RESTART, "it still runs %d s later".formatted(END_SECONDS)));
            victim.kill();
        } else if (status.getAsInt() != StandbyPeer.RESTART) {
            ledger.find(ChaosFinding.stuck(
                    what, "ends with " + StandbyPeer.RESTART, "it has ended with " + status.getAsInt()));
        }
    }

    private String await(CompletableFuture<Long> successor, String what) throws InterruptedException {
        try {
            long millis = successor.get(TAKEOVER_SECONDS, TimeUnit.SECONDS);
            takeoverMillis.add(millis);
            return "taken over after %d ms".formatted(millis);
        } catch (ExecutionException | TimeoutException e) {
            ledger.find(ChaosFinding.stuck(
                    what, "a change is accepted by the other server", "none in %d s".formatted(TAKEOVER_SECONDS)));
            return "not taken over";
        }
    }
}
