// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores operations and events of plugins, in order and in the background. An unavailable database prevents no
 * installation or removal; records that do not fit into the queue meanwhile are dropped and logged.
 */
final class PluginEventWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginEventWriter.class);
    private static final int QUEUE = 1_000;
    private static final int LEAVE_SECONDS = 2;

    private final OptionalServices optionalServices;
    private final Clock clock;
    private final PluginStoreWriter pluginStoreWriter;
    private final StoreAuthority storeAuthority;
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                Thread thread = new Thread(task, "smo-plugin-chronicle");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @param pluginStoreWriter nothing is published before it has stored the change
     * @param storeAuthority a standby publishes nothing: its changes happened on the owner before
     */
    PluginEventWriter(
            OptionalServices optionalServices,
            Clock clock,
            PluginStoreWriter pluginStoreWriter,
            StoreAuthority storeAuthority) {
        this.optionalServices = optionalServices;
        this.clock = clock;
        this.pluginStoreWriter = pluginStoreWriter;
        this.storeAuthority = storeAuthority;
    }

    /**
     * @param mayBeTold runs when it is written, which is after the store has all that was done before; on a standby never
     */
    void save(Operation operation, Runnable mayBeTold) {
        write("operation " + operation.id(), () -> {
            optionalServices.find(OperationStore.class).ifPresent(store -> store.save(List.of(operation)));
            mayBeTold.run();
        });
    }

    void write(String type, Plugin plugin, Optional<String> operation, String correlationId) {
        JsonFieldWriter data = new JsonFieldWriter();
        data.put("plugin", plugin.id());
        data.put("version", plugin.version());
        data.put("state", plugin.state().name());
        data.put("door", plugin.installSource().name());
        data.put("signer", plugin.artifact().signer());
        if (!plugin.why().isEmpty()) {
            data.put("why", plugin.why());
        }
        EventDraft draft = new EventDraft(
                type,
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                0,
                operation,
                correlationId,
                "",
                data.object());
        write("event " + type, () -> optionalServices.find(EventStore.class).ifPresent(store -> {
            store.append(List.of(draft));
            optionalServices
                    .find(CommitListener.class)
                    .orElse(CommitListener.NONE)
                    .committed();
        }));
    }

    private void write(String what, Runnable task) {
        if (storeAuthority.check() != StoreAuthority.AuthorityRole.STANDBY) {
            pluginStoreWriter.afterwards(() -> queue(what, task));
        }
    }

    private void queue(String what, Runnable task) {
        try {
            writer.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException failed) {
                    LOG.warn(
                            "storing plugin record failed record=\"{}\" reason=\"{}\"",
                            what,
                            failed.getMessage(),
                            failed);
                }
            });
        } catch (RejectedExecutionException full) {
            if (writer.isShutdown()) {
                return;
            }
            LOG.warn("plugin record dropped record=\"{}\" reason=\"queue for the database is full\"", what);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "plugin records lost at shutdown count={} reason=\"database did not store them in time\"",
                        writer.getQueue().size());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
