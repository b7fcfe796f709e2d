// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.lab.chaos.Cable.Cut;
import eu.nephele.smo.lab.world.OwnerReport;
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

/** Hits the owner of a database in turns by each {@link Blow}, and starts it again as the standby of its successor. */
final class Striker {

    /** As the servers are configured. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final int LEAST_LONGER_MILLIS = 2000;
    private static final int LONGER_MILLIS = 2000;
    private static final int FIRST_MILLIS = 50;
    /** So that there is something under way. */
    private static final int SERVED = 10;

    private static final long SERVICE_SECONDS = 10;
    private static final long TAKEOVER_SECONDS = 30;
    /** It looks at its lease five times in one. */
    private static final long END_SECONDS = 15;

    private final List<Peer> peers;
    private final Balancer balancer;
    private final Ledger ledger;
    private final Random random;
    private final Pace pace;
    private final List<Instant> moments = new ArrayList<>();
    private final List<Long> takeoverMillis = new ArrayList<>();
    private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
    private final LateWrites late;

    Striker(List<Peer> peers, Balancer balancer, Ledger ledger, Random random, World world) {
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

    Map<Blow, Integer> blows() {
        return Map.copyOf(blows);
    }

    Map<Blow, Long> lateWrites() {
        return late.byBlow();
    }

    /**
     * Hits the owner once; ends when it stands by.
     *
     * @param number from 1
     * @return what has happened, for people
     */
    String strike(int number) throws IOException, InterruptedException {
        Blow blow = Blow.of(number);
        Cut cut = number / Blow.values().length % 2 == 0 ? Cut.SILENT : Cut.CLOSED;
        Peer victim = awaitMoment();
        late.begin();
        victim.hit();
        moments.add(Instant.now());
        blows.merge(blow, 1, Integer::sum);
        CompletableFuture<Long> successor = balancer.expectSuccessor(victim);
        String what = "%s of %s".formatted(ChaosResult.lower(blow), victim);
        switch (blow) {
            case KILL -> victim.kill();
            case STOP -> stop(victim, what);
            case CUT -> cut(victim, what, cut);
        }
        String taken = await(successor, what);
        victim.startAgain();
        victim.awaitReady();
        late.end(blow);
        return "%s%s, %s".formatted(what, blow == Blow.CUT ? " " + ChaosResult.lower(cut) : "", taken);
    }

    /** Both are well, and several have been served just now. */
    private Peer awaitMoment() throws IOException, InterruptedException {
        int before = ledger.promises();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVICE_SECONDS);
        while (ledger.promises() < before + SERVED && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS + random.nextInt(pace.lifeMillis() - FIRST_MILLIS));
        for (Peer peer : peers) {
            peer.awaitReady();
        }
        Backend owner = balancer.awaitOwner();
        return peers.stream().filter(owner::equals).findFirst().orElseThrow();
    }

    private void stop(Peer victim, String what) throws IOException, InterruptedException {
        victim.stop();
        try {
            outliveLease();
        } finally {
            victim.goOn();
        }
        expectEnd(victim, what);
    }

    private void cut(Peer victim, String what, Cut how) throws IOException, InterruptedException {
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

    /** It sees that it has a successor. */
    private void expectEnd(Peer victim, String what) throws IOException, InterruptedException {
        OptionalInt status = victim.awaitEnd(END_SECONDS);
        if (status.isEmpty()) {
            ledger.find(Finding.stuck(
                    what, "ends with " + Peer.RESTART, "it still runs %d s later".formatted(END_SECONDS)));
            victim.kill();
        } else if (status.getAsInt() != Peer.RESTART) {
            ledger.find(Finding.stuck(what, "ends with " + Peer.RESTART, "it has ended with " + status.getAsInt()));
        }
    }

    private String await(CompletableFuture<Long> successor, String what) throws InterruptedException {
        try {
            long millis = successor.get(TAKEOVER_SECONDS, TimeUnit.SECONDS);
            takeoverMillis.add(millis);
            return "taken over after %d ms".formatted(millis);
        } catch (ExecutionException | TimeoutException e) {
            ledger.find(Finding.stuck(
                    what, "a change is accepted by the other server", "none in %d s".formatted(TAKEOVER_SECONDS)));
            return "not taken over";
        }
    }
}
