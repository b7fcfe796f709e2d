// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One change of a balancer at a time, in this process and among processes, and only by the owner of the database. */
final class WriterTurn {

    private final String system;
    private final OwnerFence fence;
    private final WriterLock file;
    private final Duration longest;
    private final ReentrantLock turn = new ReentrantLock(true);

    WriterTurn(String system, OwnerFence fence, WriterLock file, Duration longest) {
        this.system = system;
        this.fence = fence;
        this.file = file;
        this.longest = longest;
    }

    /**
     * @param owner installation that changes something
     * @throws AdapterException {@code UNAVAILABLE} when it takes too long until the others are done, {@code CONFLICT} when another
     *     process writes
     */
    <T> T alone(String owner, Supplier<T> change) {
        enter();
        try {
            fence.require();
            file.hold(owner);
            return change.get();
        } finally {
            turn.unlock();
        }
    }

    private void enter() {
        try {
            if (turn.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new AdapterException(
                Kind.UNAVAILABLE,
                system,
                "Earlier changes of this balancer are still being made",
                Optional.of(Duration.ofSeconds(1)));
    }

    /** Waits for the present change, then lets others write. */
    void end() throws IOException {
        turn.lock();
        try {
            file.close();
        } finally {
            turn.unlock();
        }
    }
}
