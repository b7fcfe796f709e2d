// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.CapacityUse.CapacityRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;

/**
 * Who was served so far, for the reasons of those who come later. Higher priorities come first. Services of other projects are
 * counted, not named.
 */
final class ServedBefore {

    private static final int NAMES = 3;

    private final Map<CapacityRow, PlaceLog> places = new HashMap<>();

    /** Those who were served of one resource of a cluster: as many as have names, and the number of all. */
    private static final class PlaceLog {

        private final int highestPriority;

        /** By project. Those who grow are named first: they took the room. */
        private final Map<String, List<HeldDemand>> growing = new HashMap<>();

        private final Map<String, List<HeldDemand>> staying = new HashMap<>();
        private int count;

        PlaceLog(int highestPriority) {
            this.highestPriority = highestPriority;
        }

        void add(HeldDemand held, boolean grows) {
            count++;
            List<HeldDemand> named =
                    (grows ? growing : staying).computeIfAbsent(project(held.demand()), any -> new ArrayList<>());
            if (named.size() < NAMES) {
                named.add(held);
            }
        }

        List<HeldDemand> named(String project) {
            return Stream.of(growing, staying)
                    .flatMap(some -> some.getOrDefault(project, List.of()).stream())
                    .limit(NAMES)
                    .toList();
        }
    }

    void grows(HeldDemand held) {
        add(held, true);
    }

    void stays(HeldDemand held) {
        add(held, false);
    }

    /** It has other replicas than before, or may get others; on all clusters of its service, since it may be divided in another way. */
    void mayMove(HeldDemand held) {
        places(held, (place, replicas) -> log(place, held));
    }

    private void add(HeldDemand held, boolean grows) {
        places(held, (place, replicas) -> {
            PlaceLog log = log(place, held);
            if (replicas > 0) {
                log.add(held, grows);
            }
        });
    }

    private PlaceLog log(CapacityRow place, HeldDemand held) {
        return places.computeIfAbsent(place, any -> new PlaceLog(held.demand().priority()));
    }

    private static void places(HeldDemand held, ObjIntConsumer<CapacityRow> each) {
        int[] replicas = held.held();
        for (int c = 0; c < replicas.length; c++) {
            ReplicaVariable share = held.demand().shares().get(c);
            for (int row = 0; row < share.use().rows(); row++) {
                if (share.need().get(row) > 0
                        && (replicas[c] > 0 || held.demand().isShared())) {
                    each.accept(new CapacityRow(share.use(), row), replicas[c]);
                }
            }
        }
    }

    /** Returns whether somebody of a higher priority was served there. */
    boolean isHigherServed(ServiceDemand later, CapacityRow place) {
        PlaceLog log = places.get(place);
        return log != null && log.highestPriority > later.priority();
    }

    /** Returns who was served there; "" if nobody. */
    String before(ServiceDemand later, CapacityRow place) {
        return Optional.ofNullable(places.get(place))
                .filter(log -> log.count > 0)
                .map(log -> text(later, log))
                .orElse("");
    }

    private static String text(ServiceDemand later, PlaceLog log) {
        List<String> names = log.named(project(later)).stream()
                .map(held -> name(held.demand().target(), later.target()) + " " + why(held, later))
                .toList();
        int others = log.count - names.size();
        String named = "served before: " + String.join(", ", names);
        if (others == 0) {
            return named;
        }
        String counted = others == 1 ? "1 other service" : others + " other services";
        return names.isEmpty() ? "served before: " + counted : named + " and " + counted;
    }

    private static String project(ServiceDemand demand) {
        return demand.target().graph().project();
    }

    private static String name(ScalingTarget served, ScalingTarget later) {
        return served.graph().equals(later.graph())
                ? served.service()
                : served.graph().name() + "/" + served.service();
    }

    private static String why(HeldDemand held, ServiceDemand later) {
        int priority = held.demand().priority();
        if (priority > later.priority()) {
            return "(priority %d, not %d)".formatted(priority, later.priority());
        }
        if (held.growth() <= 0) {
            return "(needs no more than it has)";
        }
        int got = held.total() - ServiceDemand.sum(held.demand().presents());
        return got < held.growth()
                ? "(%d of %d more, not %d)".formatted(got, held.growth(), later.growth())
                : "(%d more, not %d)".formatted(held.growth(), later.growth());
    }
}
