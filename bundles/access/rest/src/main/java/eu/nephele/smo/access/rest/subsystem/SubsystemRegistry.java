// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.subsystem;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subsystems come and go while calls of the others continue; calls of a removed one complete first. */
@Component(service = SubsystemRegistry.class)
public final class SubsystemRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(SubsystemRegistry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Open calls by subsystem; the latest subsystem comes last. */
    private final Map<Subsystem, ShutdownGate> installed = new LinkedHashMap<>();

    /** Path words served so far: a subsystem that is unavailable for a moment is answered 503, not 404. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private volatile Map<String, ServedSubsystem> served = Map.of();

    private record ServedSubsystem(Object resource, ShutdownGate inside) {}

    /** An open call of a subsystem. */
    record Entered(Object resource, ShutdownGate inside) {}

    @Activate
    public SubsystemRegistry() {}

    /** Of two subsystems with the same word the later one, a new version, takes precedence while it is present. */
    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    public void addSubsystem(Subsystem subsystem) {
        synchronized (installed) {
            installed.put(subsystem, new ShutdownGate());
            publish();
        }
    }

    /** Waits a limited time for the open calls to complete. */
    public void removeSubsystem(Subsystem subsystem) {
        Optional<ShutdownGate> gone;
        synchronized (installed) {
            gone = Optional.ofNullable(installed.remove(subsystem));
            publish();
        }
        gone.ifPresent(inside -> {
            inside.close();
            int left = inside.awaitLast(PATIENCE);
            if (left > 0) {
                LOG.warn("subsystem removed with open calls calls={} waitedSeconds={}", left, PATIENCE.toSeconds());
            }
        });
    }

    private void publish() {
        Map<String, ServedSubsystem> now = new LinkedHashMap<>();
        installed.forEach((subsystem, inside) -> subsystem
                .resources()
                .forEach((word, resource) -> now.put(word, new ServedSubsystem(resource, inside))));
        known.addAll(now.keySet());
        served = Map.copyOf(now);
    }

    /**
     * @param word that the path begins with, below {@code /api/v1}
     * @return to be left when the call ends
     * @throws NotFoundException when no subsystem serves it
     * @throws SmoException {@code UNAVAILABLE} when its subsystem is unavailable at the moment
     */
    Entered enter(String word) {
        // A subsystem that has just been removed may have a successor already.
        return entered(word).or(() -> entered(word)).orElseThrow(() -> absent(word));
    }

    private Optional<Entered> entered(String word) {
        return Optional.ofNullable(served.get(word))
                .filter(found -> found.inside().enter())
                .map(found -> new Entered(found.resource(), found.inside()));
    }

    private RuntimeException absent(String word) {
        return known.contains(word)
                ? SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "The REST API below /api/v1/%s is unavailable at the moment; try again later".formatted(word),
                        Optional.of(RETRY))
                : new NotFoundException();
    }
}
