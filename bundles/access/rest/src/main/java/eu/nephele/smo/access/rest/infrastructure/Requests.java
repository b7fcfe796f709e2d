// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.infrastructure;

import eu.nephele.smo.access.rest.infrastructure.Request.Action;
import eu.nephele.smo.access.rest.infrastructure.Request.State;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** The latest requests since the start of the server: the providers know what there is, this only tells how far a wish is. */
final class Requests {

    static final int KEPT = 200;
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Clock clock;
    private final Map<String, Request> byId = new LinkedHashMap<>();

    Requests(Clock clock) {
        this.clock = clock;
    }

    /** @throws SmoException {@code UNAVAILABLE} when as many as are kept are open */
    synchronized Request open(String provider, Action action, Optional<String> subject) {
        if (byId.size() >= KEPT) {
            String oldest = byId.values().stream()
                    .filter(request -> request.state() != State.PENDING)
                    .map(Request::id)
                    .findFirst()
                    .orElseThrow(() -> SmoException.of(
                            SmoException.Kind.UNAVAILABLE,
                            "smo",
                            "%d requests for infrastructure are open, no more are taken before one ends"
                                    .formatted(KEPT),
                            Optional.of(RETRY)));
            byId.remove(oldest);
        }
        Request request = new Request(
                UUID.randomUUID().toString(),
                provider,
                action,
                subject,
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        byId.put(request.id(), request);
        return request;
    }

    /** The request as it is after its end. */
    synchronized void end(String id, BiFunction<Request, Instant, Request> ending) {
        byId.computeIfPresent(id, (same, request) -> ending.apply(request, clock.instant()));
    }

    /** As if it had never been. */
    synchronized void forget(String id) {
        byId.remove(id);
    }

    /** @throws SmoException {@code NOT_FOUND} */
    synchronized Request get(String provider, String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(request -> request.provider().equals(provider))
                .orElseThrow(() -> SmoException.notFound(
                        "There is no request %s of provider %s; the latest %d since the start of the server are kept"
                                .formatted(id, provider, KEPT)));
    }

    /** Those of a provider, the newest first. */
    synchronized List<Request> of(String provider) {
        List<Request> found = new ArrayList<>();
        byId.values().stream()
                .filter(request -> request.provider().equals(provider))
                .forEach(request -> found.add(0, request));
        return found;
    }
}
