// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A load that is raised until the service feels it: on a busy machine its processes get little time. */
final class RisingLoad {

    private static final Duration FELT_WITHIN = Duration.ofSeconds(20);

    private final BurnLoad clients;
    private final Consumer<String> out;
    private LoadLevel level = LoadLevel.HEAVY;
    private long atNanos;
    private Instant at;
    private Optional<Instant> felt = Optional.empty();

    /** The heavy load is there. */
    RisingLoad(BurnLoad clients, Consumer<String> out) {
        this.clients = clients;
        this.out = out;
        this.atNanos = System.nanoTime();
        this.at = Instant.now();
        clients.set(level);
    }

    /** @param tooLittle whether the service is still below its threshold */
    void follow(boolean tooLittle) {
        if (tooLittle) {
            // a service that is below it again is decided on when it has crossed it anew
            felt = Optional.empty();
        } else if (felt.isEmpty()) {
            felt = Optional.of(Instant.now());
        }
        if (tooLittle && System.nanoTime() - atNanos > FELT_WITHIN.toNanos()) {
            level = level.more();
            atNanos = System.nanoTime();
            at = Instant.now();
            clients.set(level);
            out.accept("this machine is too busy for that; now %s".formatted(level));
        }
    }

    /** Since when the service has been seen over its threshold. */
    Optional<Instant> felt() {
        return felt;
    }

    /** When the present load began, on the clock of {@link System#nanoTime()}. */
    long atNanos() {
        return atNanos;
    }

    /** The same, on the clock of the machine. */
    Instant at() {
        return at;
    }
}
