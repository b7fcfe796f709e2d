// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Subscriptions of outside systems. Implemented by {@code core/events}. All methods throw
 * {@link eu.nephele.smo.api.runtime.SmoException}: {@code NOT_FOUND} for an unknown id, {@code UNAVAILABLE} while the
 * database is unavailable.
 */
public interface WebhookService {

    /**
     * Registers a webhook; it gets what is published from now on.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers into the request ({@code /url},
     *     {@code /types/0}, {@code /projects/0}, {@code /secret})
     */
    Registered register(Registration registration, CallContext call);

    /** In order of registration. */
    List<Webhook> list(CallContext call);

    Webhook find(String id, CallContext call);

    /** Holds deliveries back, or lets them go on; what is published meanwhile waits. */
    Webhook setPaused(String id, boolean paused, CallContext call);

    /** Removes a webhook with everything that waits for it. */
    void delete(String id, CallContext call);

    /**
     * The delivery log, newest event first.
     *
     * @param state only those
     * @param beforeSequence only events with a smaller sequence: where the page before ended
     * @param limit at most this many, 1 or more
     */
    List<Delivery> deliveries(
            String id,
            Optional<Delivery.DeliveryState> state,
            Optional<Long> beforeSequence,
            int limit,
            CallContext call);

    /** Counts of deliveries that wait, and of those that were given up. */
    DeliveryBacklog backlog(String id, CallContext call);

    /**
     * Lets deliveries that were given up be tried again.
     *
     * @param sequences which events; all that were given up when empty
     * @return how many
     */
    int replay(String id, Set<Long> sequences, CallContext call);

    /**
     * A requested registration.
     *
     * @param url where events shall be posted: http or https, without user
     * @param types exact types, or prefixes that end with {@code *}; all when empty
     * @param projects names of projects; all, and events about no graph, when empty
     * @param secret key of the signature, or a reference to it ({@code env:NAME}, {@code file:PATH}); made when missing
     * @param paused whether deliveries wait at first
     */
    record Registration(
            String url, List<String> types, List<String> projects, Optional<String> secret, boolean paused) {
        public Registration {
            types = List.copyOf(types);
            projects = List.copyOf(projects);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Registration[%s]".formatted(url);
        }
    }

    /**
     * A new webhook.
     *
     * @param generatedSecret the key that was made: 32 random bytes in base64url; returned this once
     */
    record Registered(Webhook webhook, Optional<String> generatedSecret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return webhook.toString();
        }
    }
}
