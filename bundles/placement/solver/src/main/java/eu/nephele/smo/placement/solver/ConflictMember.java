// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service or a limit of a request, which can be left out to see whether the rest fits.
 *
 * @param kind what it is
 * @param names ids of the services that it concerns; of a capacity, the name of the resource
 */
record ConflictMember(MemberKind kind, List<String> names) {

    /** What can be in conflict. */
    enum MemberKind {
        SERVICE(""),
        /** of a resource, on all clusters */
        CAPACITY("the free "),
        /** on which clusters a service may be */
        ALLOWED_CLUSTERS("the clusters allowed for "),
        TOGETHER("together "),
        APART("apart "),
        /** of all links from one service to another */
        LATENCY("the latency limit from "),
        /** that a service is divided; nothing that could be left out on its own, since undivided it needs a larger cluster */
        DIVISION("the division of ");

        private final String before;

        MemberKind(String before) {
            this.before = before;
        }
    }

    private static final int MOST_NAMED = 12;

    ConflictMember {
        names = List.copyOf(names);
    }

    ConflictMember(MemberKind kind, String name) {
        this(kind, List.of(name));
    }

    /**
     * All members of a request that can be left out, in the order in which it is best to leave them out: limits before services, so that a conflict names those
     * that matter, and small services before large ones, so that it names few.
     */
    static List<ConflictMember> all(PlacementRequest request) {
        List<PlacementService> services = request.services();
        List<ConflictMember> members = new ArrayList<>();
        request.together().forEach(group -> members.add(new ConflictMember(MemberKind.TOGETHER, ids(request, group))));
        request.apart().forEach(pair -> members.add(new ConflictMember(MemberKind.APART, ids(request, pair))));
        request.links().stream()
                .filter(link -> link.maxLatencyMillis().isPresent())
                .map(link -> latency(request, link))
                .distinct()
                .forEach(members::add);
        for (int s = 0; s < services.size(); s++) {
            for (int c = 0; c < request.clusters().size(); c++) {
                if (!request.allowed(s, c)) {
                    members.add(new ConflictMember(
                            MemberKind.ALLOWED_CLUSTERS, services.get(s).id()));
                    break;
                }
            }
        }
        services.stream()
                .flatMap(service -> service.demand().byName().keySet().stream())
                .distinct()
                .forEach(resource -> members.add(new ConflictMember(MemberKind.CAPACITY, resource)));
        Resources free = request.clusters().stream().map(ClusterCapacity::free).reduce(Resources.NONE, Resources::plus);
        services.stream()
                .sorted(Comparator.comparingDouble(service -> part(service.demand(), free)))
                .forEach(service -> members.add(new ConflictMember(MemberKind.SERVICE, service.id())));
        return members;
    }

    /** Returns the largest part of a resource that is needed. */
    private static double part(Resources demand, Resources free) {
        Map<String, Long> offered = free.byName();
        return demand.byName().entrySet().stream()
                .mapToDouble(need -> (double) need.getValue() / offered.getOrDefault(need.getKey(), 1L))
                .max()
                .orElse(0);
    }

    static ConflictMember latency(PlacementRequest request, PlacementLink link) {
        return new ConflictMember(MemberKind.LATENCY, ids(request, List.of(link.from(), link.to())));
    }

    static List<String> ids(PlacementRequest request, List<Integer> services) {
        return services.stream().map(s -> request.services().get(s).id()).toList();
    }

    /** For people: the services, then the limits, those of a kind together. */
    static String text(List<ConflictMember> members) {
        return Stream.of(MemberKind.values())
                .map(kind -> text(kind, members.stream().filter(member -> member.kind == kind)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String text(MemberKind kind, Stream<ConflictMember> members) {
        List<String> texts = members.map(ConflictMember::text).sorted().toList();
        int more = texts.size() - MOST_NAMED;
        String named = texts.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return texts.isEmpty() ? "" : kind.before + named + (more > 0 ? " and %d more".formatted(more) : "");
    }

    private String text() {
        return switch (kind) {
            case SERVICE, CAPACITY, ALLOWED_CLUSTERS, DIVISION -> names.get(0);
            case TOGETHER, APART -> String.join(" and ", names);
            case LATENCY -> "%s to %s".formatted(names.get(0), names.get(1));
        };
    }
}
