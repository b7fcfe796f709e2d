// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.owner.Owner;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whether a server owns a PostgreSQL database: whoever owns it renews its lease several times within the length of one, and a standby
 * takes one that is not renewed. So it is watched for longer than that, by the clock of this machine (ADR 0060).
 */
final class OwnerWatch {

    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final Duration BESIDES = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    static final String LEASE = "lease";

    private static final OwnerCandidate NOBODY =
            new OwnerCandidate("smo-restore", "smo-restore", "", 0, Optional.empty());

    private final Connection connection;
    private final Consumer<String> progress;
    private String seenVersion = "";

    OwnerWatch(Connection connection, Consumer<String> progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /**
     * Until the end of the transaction no server takes the lease.
     *
     * @throws IOException when one has taken it since {@link #requireNone}
     */
    void keepFree() throws IOException, SQLException {
        if (!UnfinishedRestore.isTable(connection, LEASE)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table lease in access exclusive mode");
        }
        LeaseRow.SeenLease now = LeaseRow.read(connection, NOBODY);
        if (!now.free() && !now.version().equals(seenVersion)) {
            throw owned(now);
        }
    }

    private static IOException owned(LeaseRow.SeenLease now) {
        return new IOException("A server owns this database: %s%s. Stop it and its standbys, then try again."
                .formatted(
                        now.owner().map(Owner::toString).orElse("it says not which"),
                        now.owner()
                                .flatMap(Owner::address)
                                .map(URI::toString)
                                .map(address -> " (" + address + ")")
                                .orElse("")));
    }

    /**
     * Returns how long it has watched a lease that nobody has given back; zero where there is none.
     *
     * @throws IOException naming the owner, when there is one
     */
    Duration requireNone() throws IOException, SQLException {
        if (!UnfinishedRestore.isTable(connection, LEASE)) {
            // the owner of such a version holds the lock that the restore has got
            return Duration.ZERO;
        }
        LeaseRow.SeenLease seen = LeaseRow.read(connection, NOBODY);
        seenVersion = seen.version();
        if (seen.free()) {
            return Duration.ZERO;
        }
        Duration length = seen.length().orElse(USUAL).plus(BESIDES);
        progress.accept("Watching for %d s whether %s is alive"
                .formatted(length.toSeconds(), seen.owner().map(Owner::toString).orElse("an owner")));
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            pause();
            LeaseRow.SeenLease now = LeaseRow.read(connection, NOBODY);
            if (!now.version().equals(seen.version()) && !now.free()) {
                throw owned(now);
            }
        }
        return length;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the owner was watched; nothing was changed", e);
        }
    }
}
