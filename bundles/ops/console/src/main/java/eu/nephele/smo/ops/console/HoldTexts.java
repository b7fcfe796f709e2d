// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import java.util.stream.Collectors;

/** Replicas that a person has set, in words: as long as they count, no strategy decides. */
public final class HoldTexts {

    private HoldTexts() {}

    /** Of all services of a graph; "-" when strategies decide on all of them. */
    public static String text(GraphView view) {
        String held = view.services().stream()
                .flatMap(service -> service.hold().map(hold -> text(service, hold)).stream())
                .collect(Collectors.joining(", "));
        return held.isEmpty() ? "-" : held;
    }

    private static String text(ServiceView service, ReplicaHold hold) {
        return "%s: %d %s"
                .formatted(
                        service.spec().id(),
                        hold.replicas(),
                        hold.until().map(until -> "until " + until).orElse("until it is released"));
    }
}
