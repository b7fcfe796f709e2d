// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.placement.solver.ConflictMember.MemberKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Services and limits that cannot be kept together, whatever becomes of the others.
 *
 * @param minimal whether that is proven, and that the rest fits without any one of them
 */
record Conflict(List<ConflictMember> members, boolean minimal) {

    Conflict {
        members = List.copyOf(members);
    }

    List<ConflictMember> membersOf(MemberKind kind) {
        return members.stream().filter(member -> member.kind() == kind).toList();
    }

    /** Returns the request with these services and limits only. */
    PlacementRequest within(PlacementRequest request) {
        Set<ConflictMember> kept = new HashSet<>(members);
        return new RequestCopy(request)
                .services(service -> kept.contains(new ConflictMember(MemberKind.SERVICE, service.id())))
                .service(service -> limited(kept, service))
                .permit((s, c) -> !kept.contains(new ConflictMember(
                        MemberKind.ALLOWED_CLUSTERS, request.services().get(s).id())))
                .link(link -> kept.contains(ConflictMember.latency(request, link))
                        ? link
                        : new PlacementLink(link.from(), link.to(), link.traffic(), OptionalDouble.empty()))
                .together(group -> hasGroup(ConflictMember.ids(request, group)))
                .apart(pair -> kept.contains(new ConflictMember(MemberKind.APART, ConflictMember.ids(request, pair))))
                .build();
    }

    /** Also of a group some of whose services are left out: groups do not overlap. */
    private boolean hasGroup(List<String> services) {
        return membersOf(MemberKind.TOGETHER).stream()
                .anyMatch(member -> member.names().containsAll(services));
    }

    private static PlacementService limited(Set<ConflictMember> kept, PlacementService service) {
        Map<String, Long> needed = new LinkedHashMap<>(service.perReplica().byName());
        needed.keySet().removeIf(resource -> !kept.contains(new ConflictMember(MemberKind.CAPACITY, resource)));
        return new PlacementService(service.id(), Resources.ofNames(needed), service.replicas(), service.division());
    }
}
