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
 * Keeps configuration and store in accord: the owner looks once when it becomes the owner, and whenever something was changed in it; a
 * standby asks every two seconds. One thread looks, any may say that something has changed.
 */
final class ConfigurationSync {

    /** As the plugins do. */
    static final Duration POLL = Duration.ofSeconds(2);

    /** Changes come in groups: what counts is written down and compared when nothing has happened for so long. */
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

    /** @param nanos a clock that nobody sets */
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

    /** Something has happened to this configuration. */
    void changed(String pid) {
        running.suspect(pid);
        changed();
    }

    private void changed() {
        lastChange = nanos.getAsLong();
        changed = true;
    }

    /** Does what there is to do; called all the time. */
    void poll() {
        try {
            lookNow();
        } catch (LinkageError exchanged) {
            // as long as a bundle is being exchanged; the next look is in half a second
            LOG.warn("The configuration could not be looked at, this is tried again", exchanged);
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

    /** @return what is to be tried again of what was changed in the running server */
    private Optional<Exception> poll(Role now, ConfigurationStore store) throws IOException {
        boolean due = now == Role.OWNER ? !upToDate : nanos.getAsLong() - notBefore >= 0;
        if (due) {
            notBefore = nanos.getAsLong() + POLL.toNanos();
            ConfigurationState found = changeApplier.poll(store);
            effective = found.mark().effective();
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
            // Before the look: what happens meanwhile is looked at again.
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

    /** The same failure is told once. */
    private void failed(Exception failed) {
        notBefore = nanos.getAsLong() + POLL.toNanos();
        upToDate = false;
        String now = failed instanceof SmoException ? String.valueOf(failed.getMessage()) : failed.toString();
        if (!now.equals(failure)) {
            LOG.warn("The configuration is not in accord with the store, this is tried again: {}", now);
        }
        failure = now;
    }

    /** Why it is not in accord with the store. */
    Optional<String> failure() {
        return Optional.of(failure)
                .filter(why -> !why.isEmpty())
                .map("the configuration is not in accord with the store: "::concat);
    }

    /** Where a standby is configured otherwise than the owner. */
    List<String> differences() {
        return comparison.differences();
    }
}
