// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.ops.configuration.ExpectedConfigurations.Changed;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes made in the running server beside files, for example on the console's page of configurations. On the owner a
 * change is written to the store and to a file; on a standby it stays local until a restart. The audit records each
 * change with the names of the properties and never a value; a configuration does not record its author.
 */
final class RunningChanges {

    private static final Logger LOG = LoggerFactory.getLogger(RunningChanges.class);
    private static final String SOMEBODY_INSIDE = "internal";

    private final CurrentConfigurations currentConfigurations;
    private final ExpectedConfigurations expected;
    private final ChangeApplier changeApplier;
    private final AuditTrail audit;
    /** Published changes that are not in files yet, by PID; a later poll does not publish them again. */
    private final Map<String, Optional<Map<String, List<String>>>> told = new HashMap<>();

    private final Set<String> suspected = ConcurrentHashMap.newKeySet();

    RunningChanges(
            CurrentConfigurations currentConfigurations,
            ExpectedConfigurations expected,
            ChangeApplier changeApplier,
            AuditTrail audit) {
        this.currentConfigurations = currentConfigurations;
        this.expected = expected;
        this.changeApplier = changeApplier;
        this.audit = audit;
    }

    void suspect(String pid) {
        suspected.add(pid);
    }

    /** @return why one of them failed; it is retried and does not delay the others */
    Optional<Exception> settle(Role role, ConfigurationStore store) {
        Optional<Exception> failed = Optional.empty();
        for (String pid : List.copyOf(suspected)) {
            // Removed before the check: a change made meanwhile is checked again.
            suspected.remove(pid);
            try {
                Optional<Changed> changed = expected.changed(pid, currentConfigurations);
                if (changed.isPresent() && isTakenBack(changed.get())) {
                    told.remove(pid);
                } else if (changed.isPresent()) {
                    publish(changed.get());
                    settle(changed.get(), role, store);
                } else {
                    told.remove(pid);
                }
            } catch (IOException | RuntimeException why) {
                suspected.add(pid);
                failed = Optional.of(why);
            }
        }
        return failed;
    }

    /** A secret in clear would be stored, and be in backups: the property is again what it was. */
    private boolean isTakenBack(Changed changed) throws IOException {
        Optional<Map<String, List<String>>> now = changed.properties().map(OwnProperties::texts);
        Set<String> names = ClearSecrets.in(changed.pid(), now.orElse(Map.of()));
        names.retainAll(changed.names());
        Optional<Configuration> there = currentConfigurations.find(changed.pid());
        if (names.isEmpty() || there.isEmpty()) {
            return false;
        }
        LOG.warn(
                "configuration change refused configuration={} properties={} reason=\"a secret in clear, expected a reference such as"
                        + " file:secrets/NAME\"; they are as before",
                changed.pid(),
                names);
        record(changed, names, "refused");
        Optional<Map<String, List<String>>> before = expected.before(changed.pid());
        Map<String, Object> rest = ClearSecrets.without(there.get(), names, before);
        if (before.isEmpty() && OwnProperties.select(rest).isEmpty()) {
            there.get().delete();
        } else {
            there.get().update(FrameworkUtil.asDictionary(rest));
        }
        return true;
    }

    private void publish(Changed changed) {
        Optional<Map<String, List<String>>> now = changed.properties().map(OwnProperties::texts);
        if (now.equals(told.put(changed.pid(), now))) {
            return;
        }
        record(changed, changed.names(), "accepted");
    }

    private void record(Changed changed, Set<String> names, String outcome) {
        audit.record(new AuditRecord(
                Instant.now(),
                SOMEBODY_INSIDE,
                "",
                changed.properties().isPresent() ? "configuration.change" : "configuration.remove",
                "configuration/%s#%s".formatted(changed.pid(), String.join(",", names)),
                outcome,
                ""));
    }

    private void settle(Changed changed, Role role, ConfigurationStore store) throws IOException {
        if (LocalPids.contains(changed.pid())) {
            LOG.info(
                    "configuration changed in this server configuration={} reason=\"local by nature\"; kept until a"
                            + " restart",
                    changed.pid());
            return;
        }
        if (role == Role.STANDBY) {
            LOG.info(
                    "configuration changed in this server configuration={} reason=\"standby\"; kept here until a"
                            + " restart",
                    changed.pid());
            return;
        }
        if (!ConfigurationFolder.isName(changed.target())) {
            LOG.warn(
                    "configuration changed in this server configuration={} reason=\"no valid file name\"; kept here"
                            + " until a restart",
                    changed.pid());
            return;
        }
        Set<String> clear = ClearSecrets.in(
                changed.pid(), changed.properties().map(OwnProperties::texts).orElse(Map.of()));
        if (!clear.isEmpty()) {
            // the whole configuration would be stored, and be in backups
            LOG.warn(
                    "configuration changed in this server configuration={} reason=\"its properties {} have secrets in clear, which are"
                            + " not stored; enter references such as file:secrets/NAME first\"; kept here until a restart",
                    changed.pid(),
                    clear);
            return;
        }
        carry(changed, store);
    }

    private void carry(Changed changed, ConfigurationStore store) throws IOException {
        Optional<Map<String, Object>> properties = changed.properties();
        String pid = changed.pid();
        Optional<String> text =
                properties.isPresent() ? Optional.of(TypedText.render(properties.get())) : Optional.empty();
        changeApplier.change(store, changed.target(), text);
        if (!changed.target().equals(pid)) {
            // The configuration of the file replaces it.
            Optional<Configuration> former = currentConfigurations.find(pid);
            expected.goes(pid, () -> delete(former));
        } else if (properties.isPresent()) {
            expected.becomes(pid, properties.get(), () -> {});
        } else {
            expected.goes(pid, () -> {});
        }
        told.remove(pid);
        LOG.info(
                "configuration change stored configuration={} change={}",
                pid,
                properties.isPresent() ? "changed" : "removed");
    }

    private static void delete(Optional<Configuration> former) throws IOException {
        if (former.isPresent()) {
            former.get().delete();
        }
    }
}
