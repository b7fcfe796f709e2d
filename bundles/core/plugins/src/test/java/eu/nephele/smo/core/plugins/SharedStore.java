// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Owner;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A database of plugins that several servers have open. */
final class SharedStore {

    final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final boolean shared;
    volatile Optional<InstalledPlugins> list = Optional.empty();
    volatile boolean away;

    SharedStore(boolean shared) {
        this.shared = shared;
    }

    /** The store as one server has it, and the tenure of that server. */
    final class Side implements PluginStore {
        private final BundleContext context;
        private Optional<ServiceRegistration<Tenure>> tenure = Optional.empty();
        private volatile Ownership.Role role = Ownership.Role.STANDBY;
        /** Writes that a standby must not even try. */
        final AtomicInteger refused = new AtomicInteger();

        Side(Server server) {
            context = server.context();
        }

        private Side open() {
            context.registerService(
                    Ownership.class,
                    new Ownership() {
                        @Override
                        public Role role() {
                            return role;
                        }

                        @Override
                        public Optional<Owner> owner() {
                            return Optional.empty();
                        }
                    },
                    null);
            context.registerService(PluginStore.class, this, null);
            return this;
        }

        Side takesOver() {
            role = Ownership.Role.OWNER;
            tenure = Optional.of(context.registerService(
                    Tenure.class,
                    new Tenure() {
                        @Override
                        public String holder() {
                            return "this";
                        }

                        @Override
                        public long epoch() {
                            return 1;
                        }

                        @Override
                        public Duration left() {
                            return Duration.ofSeconds(10);
                        }
                    },
                    null));
            return this;
        }

        private void mayWrite() {
            if (away || tenure.isEmpty()) {
                refused.incrementAndGet();
                throw SmoException.of(SmoException.Kind.UNAVAILABLE, "database", "no turn", Optional.empty());
            }
        }

        @Override
        public boolean isShared() {
            return shared;
        }

        @Override
        public long revision() {
            return installed().map(InstalledPlugins::revision).orElse(0L);
        }

        @Override
        public Optional<InstalledPlugins> installed() {
            return list;
        }

        @Override
        public synchronized boolean replace(InstalledPlugins next, Set<String> needed) {
            mayWrite();
            if (revision() != next.revision() - 1) {
                return false;
            }
            list = Optional.of(next);
            contents.keySet().retainAll(needed);
            return true;
        }

        @Override
        public Set<String> contents() {
            return Set.copyOf(contents.keySet());
        }

        @Override
        public void keep(String sha256, InputStream content) throws IOException {
            mayWrite();
            contents.put(sha256, content.readAllBytes());
        }

        @Override
        public void copy(String sha256, OutputStream to) throws IOException {
            byte[] content = contents.get(sha256);
            if (content == null || content.length == 0) {
                throw new DamagedContentException("the content %s in the store is damaged".formatted(sha256));
            }
            to.write(content);
        }
    }

    /** Its database is open, and another server is the owner. */
    Side standby(Server server) {
        return new Side(server).open();
    }

    /** Its database is open, and it is the owner. */
    Side owner(Server server) {
        return new Side(server).takesOver().open();
    }
}
