// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.engine.ContainerEngine;
import eu.nephele.smo.api.port.AdapterException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one server, only as the news that there is some: what happened is read from a listing. Opened again
 * after its end.
 */
final class EngineEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineEvents.class);

    private final String server;
    private final ContainerEngine engine;
    private final AtomicBoolean news = new AtomicBoolean();
    private Optional<AutoCloseable> stream = Optional.empty();

    EngineEvents(String server, ContainerEngine engine) {
        this.server = server;
        this.engine = engine;
    }

    /** Opens it unless it is open. What happened before is found by the look that this asks for. */
    synchronized void open() {
        if (stream.isPresent()) {
            return;
        }
        try {
            stream = Optional.of(engine.follow(() -> news.set(true), this::ended));
            news.set(true);
        } catch (AdapterException failed) {
            LOG.debug("events cannot be followed server={}; the next look tries again", server, failed);
        }
    }

    private synchronized void ended() {
        stream = Optional.empty();
        news.set(true);
    }

    /** Whether something happened since the last call. */
    boolean takeNews() {
        return news.getAndSet(false);
    }

    @Override
    public void close() {
        Optional<AutoCloseable> open;
        synchronized (this) {
            open = stream;
            stream = Optional.empty();
        }
        open.ifPresent(following -> {
            try {
                following.close();
            } catch (Exception failed) { // AutoCloseable declares nothing narrower
                LOG.debug("closing the event stream failed server={}", server, failed);
            }
        });
    }
}
