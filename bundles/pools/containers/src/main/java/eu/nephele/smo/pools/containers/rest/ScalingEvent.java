// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.graph.ReplicaDecision;
import eu.nephele.smo.api.model.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A change of the containers of a service, over all servers.
 *
 * @param action {@code scale_up}, {@code scale_down}, {@code health_remove}
 * @param from containers before
 * @param to containers after; an unhealthy one is replaced, so that their number stays
 * @param reason measured CPU and threshold, in the words of the strategy
 * @param byHand whether a person has asked for it
 */
record ScalingEvent(String service, String action, int from, int to, String reason, boolean byHand, Instant time) {

    static final String DECIDED = "scaling.decision_made";
    static final String REPLACED = "container.replaced";
    static final String UP = "scale_up";
    static final String DOWN = "scale_down";
    static final String NOTHING = "no_action";

    private static final String HEALTH = "health_remove";

    /** Empty for one that says nothing about the whole service: a decision tells its shares on several servers one by one. */
    static Optional<ScalingEvent> read(SmoEvent event) {
        return event.service().flatMap(service -> switch (event.type()) {
            case DECIDED -> decided(service, event);
            case REPLACED -> replaced(service, event);
            default -> Optional.empty();
        });
    }

    static String action(int from, int to) {
        return to > from ? UP : to < from ? DOWN : NOTHING;
    }

    private static Optional<ScalingEvent> decided(String service, SmoEvent event) {
        OptionalInt from = number(event, "fromInAll");
        OptionalInt to = number(event, "toInAll");
        if (from.isEmpty() || to.isEmpty() || from.getAsInt() == to.getAsInt()) {
            return Optional.empty();
        }
        String action = action(from.getAsInt(), to.getAsInt());
        boolean byHand = text(event, "strategy").equals(ReplicaDecision.PERSON);
        String reason = byHand ? "manual " + action.replace('_', ' ') : text(event, "reason");
        return Optional.of(
                new ScalingEvent(service, action, from.getAsInt(), to.getAsInt(), reason, byHand, event.time()));
    }

    private static Optional<ScalingEvent> replaced(String service, SmoEvent event) {
        int replicas = number(event, "replicas").orElse(0);
        return Optional.of(
                new ScalingEvent(service, HEALTH, replicas, replicas, text(event, "reason"), false, event.time()));
    }

    boolean beginsCooldown() {
        return !byHand && !action.equals(HEALTH);
    }

    private static String text(SmoEvent event, String name) {
        return event.data().get(name).flatMap(JsonValue::asString).orElse("");
    }

    private static OptionalInt number(SmoEvent event, String name) {
        return event.data()
                .get(name)
                .flatMap(JsonValue::asNumber)
                .map(value -> OptionalInt.of(value.intValue()))
                .orElse(OptionalInt.empty());
    }
}
