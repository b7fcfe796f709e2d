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

/**
 * The subsystems that are served now. One comes or goes while the calls of all others go on; those that are inside of what goes end
 * first.
 */
@Component(service = SubsystemRegistry.class)
public final class SubsystemRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(SubsystemRegistry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Calls that are inside, by subsystem; the latest comes last. */
    private final Map<Subsystem, ShutdownGate> installed = new LinkedHashMap<>();

    /** Words that were served since this is there: what is away for a moment is not gone. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private volatile Map<String, ServedSubsystem> served = Map.of();

    /** @param inside calls of its subsystem */
    private record ServedSubsystem(Object resource, ShutdownGate inside) {}

    /**
     * A call that is inside of a subsystem.
     *
     * @param resource that serves it
     */
    record Entered(Object resource, ShutdownGate inside) {}

    @Activate
    public SubsystemRegistry() {}

    /** Of two that serve the same word that which comes later is asked, as long as it is there: a new version of it. */
    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    public void addSubsystem(Subsystem subsystem) {
        synchronized (installed) {
            installed.put(subsystem, new ShutdownGate());
            publish();
        }
    }

    /** Gives the calls that are inside a moment to end. */
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
                LOG.warn("{} calls did not end within {} s of the end of their subsystem", left, PATIENCE.toSeconds());
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
     * @throws NotFoundException nobody serves it
     * @throws SmoException {@code UNAVAILABLE} when who has served it is away
     */
    Entered enter(String word) {
        // What has just gone may have a successor already.
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
                        "The part of the interface below /api/v1/%s is not there at the moment; try again later"
                                .formatted(word),
                        Optional.of(RETRY))
                : new NotFoundException();
    }
}
