// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.ops.configuration.ChangeApplier.ConfigurationState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronises configuration and store: the owner polls once when it becomes the owner and after each change made in
 * it; a standby polls every two seconds. One thread polls, any thread may report a change.
 */
final class ConfigurationSync {

    /** Same period as that of the plugins. */
    static final Duration POLL = Duration.ofSeconds(2);

    /** Changes come in groups: the effective configuration is stored and compared after this time without a change. */
    static final Duration SETTLED = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSync.class);

    private final OwnerServices ownerServices;
    private final ChangeApplier changeApplier;
    private final RunningChanges running;
    private final OwnerComparison comparison;
    private final LongSupplier nanos;
    private Optional<Role> role = Optional.empty();
    private boolean upToDate;
    private long effective;
    private long notBefore;
    private volatile long lastChange;
    private volatile boolean changed = true;
    private volatile String failure = "";

    /** @param nanos a monotonic clock */
    ConfigurationSync(
            OwnerServices ownerServices,
            ChangeApplier changeApplier,
            RunningChanges running,
            OwnerComparison comparison,
            LongSupplier nanos) {
        this.ownerServices = ownerServices;
        this.changeApplier = changeApplier;
        this.running = running;
        this.comparison = comparison;
        this.nanos = nanos;
        this.lastChange = nanos.getAsLong();
        this.notBefore = lastChange;
    }

    void changed(String pid) {
        running.suspect(pid);
        changed();
    }

    private void changed() {
        lastChange = nanos.getAsLong();
        changed = true;
    }

    void poll() {
        try {
            lookNow();
        } catch (LinkageError exchanged) {
            // while a bundle is being updated; the next poll is in half a second
            LOG.warn("polling configuration failed; retrying", exchanged);
        }
    }

    private void lookNow() {
        Optional<Role> before = role;
        role = ownerServices.role();
        Optional<ConfigurationStore> store = ownerServices.store();
        if (role.isEmpty() || store.isEmpty()) {
            return;
        }
        if (!role.equals(before)) {
            upToDate = false;
            changed = true;
            notBefore = nanos.getAsLong();
        }
        if (!failure.isEmpty() && nanos.getAsLong() - notBefore < 0) {
            return;
        }
        try {
            poll(role.get(), store.get()).ifPresentOrElse(this::failed, () -> failure = "");
        } catch (IOException | RuntimeException failed) {
            failed(failed);
        }
    }

    /** @return changes made in the running server that have to be retried */
    private Optional<Exception> poll(Role now, ConfigurationStore store) throws IOException {
        boolean due = now == Role.OWNER ? !upToDate : nanos.getAsLong() - notBefore >= 0;
        if (due) {
            notBefore = nanos.getAsLong() + POLL.toNanos();
            ConfigurationState found = changeApplier.poll(store);
            effective = found.configurationRevision().effective();
            upToDate = true;
            if (found.carried() > 0) {
                changed();
            }
        }
        Optional<Exception> unsettled = running.settle(now, store);
        if (nanos.getAsLong() - lastChange < SETTLED.toNanos()) {
            return unsettled;
        }
        if (changed) {
            // Cleared before the poll: changes made meanwhile are polled again.
            changed = false;
            comparison.changed();
        }
        if (now == Role.OWNER) {
            comparison.publish(store);
        } else {
            comparison.compare(store, effective);
        }
        return unsettled;
    }

    /** The same failure is logged once. */
    private void failed(Exception failed) {
        notBefore = nanos.getAsLong() + POLL.toNanos();
        upToDate = false;
        String now = failed instanceof SmoException ? String.valueOf(failed.getMessage()) : failed.toString();
        if (!now.equals(failure)) {
            LOG.warn("synchronising configuration with the store failed reason=\"{}\"; retrying", now);
        }
        failure = now;
    }

    Optional<String> failure() {
        return Optional.of(failure)
                .filter(why -> !why.isEmpty())
                .map("the configuration is out of sync with the store: "::concat);
    }

    List<String> differences() {
        return comparison.differences();
    }
}
