// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.ops.configuration.Expected.Changed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.cm.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is changed in the running server beside files, for example on the console's page of configurations. On the owner it becomes
 * content of the store, and a file; on a standby it stays there until that is restarted.
 */
final class RunningChanges {

    private static final Logger LOG = LoggerFactory.getLogger(RunningChanges.class);

    private final Configured configured;
    private final Expected expected;
    private final Carrying carrying;
    private final Set<String> suspected = ConcurrentHashMap.newKeySet();

    RunningChanges(Configured configured, Expected expected, Carrying carrying) {
        this.configured = configured;
        this.expected = expected;
        this.carrying = carrying;
    }

    /** Something has happened to this configuration. */
    void suspect(String pid) {
        suspected.add(pid);
    }

    /**
     * Looks at what has happened since the last time.
     *
     * @return why one of them could not be carried out; it is looked at again, and holds up no other
     */
    Optional<Exception> settle(Role role, ConfigurationStore store) {
        Optional<Exception> failed = Optional.empty();
        for (String pid : List.copyOf(suspected)) {
            // Before the look: what happens meanwhile is looked at again.
            suspected.remove(pid);
            try {
                Optional<Changed> changed = expected.changed(pid, configured);
                if (changed.isPresent()) {
                    settle(changed.get(), role, store);
                }
            } catch (IOException | RuntimeException why) {
                suspected.add(pid);
                failed = Optional.of(why);
            }
        }
        return failed;
    }

    private void settle(Changed changed, Role role, ConfigurationStore store) throws IOException {
        if (role == Role.STANDBY) {
            LOG.info(
                    "configuration={} was changed in this server, which stands by: it stays here, until a restart",
                    changed.pid());
            return;
        }
        if (!ConfigurationFolder.isName(changed.target())) {
            LOG.warn(
                    "configuration={} was changed in this server; no file can be named so: it stays here, until a restart",
                    changed.pid());
            return;
        }
        carry(changed, store);
    }

    private void carry(Changed changed, ConfigurationStore store) throws IOException {
        Optional<Map<String, Object>> properties = changed.properties();
        String pid = changed.pid();
        Optional<String> text = properties.isPresent() ? Optional.of(TypedText.of(properties.get())) : Optional.empty();
        carrying.change(store, changed.target(), text);
        if (!changed.target().equals(pid)) {
            // The one of the file takes its place.
            Optional<Configuration> former = configured.find(pid);
            expected.goes(pid, () -> delete(former));
        } else if (properties.isPresent()) {
            expected.becomes(pid, properties.get(), () -> {});
        } else {
            expected.goes(pid, () -> {});
        }
        LOG.info(
                "configuration={} was {} in this server, and that is stored",
                pid,
                properties.isPresent() ? "changed" : "removed");
    }

    private static void delete(Optional<Configuration> former) throws IOException {
        if (former.isPresent()) {
            former.get().delete();
        }
    }
}
