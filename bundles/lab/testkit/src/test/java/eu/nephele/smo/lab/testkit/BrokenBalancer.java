// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.Backend.Protocol;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.api.port.BackendStatus.State;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class BrokenBalancer extends Broken implements LoadBalancer {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");
    private static final Backend BACKEND = new Backend(
            8080,
            Protocol.HTTP,
            Optional.empty(),
            Duration.ZERO,
            Duration.ZERO,
            List.of(new Member("a", "127.0.0.1", 1, 100, false), new Member("b", "127.0.0.1", 2, 100, false)));

    private final Map<WorkloadRef, Backend> backends = new HashMap<>();
    private final Map<WorkloadRef, String> owners = new HashMap<>();

    private BrokenBalancer(String fault) {
        super(fault);
    }

    @Override
    public BackendStatus ensureBackend(StepKey key, String owner, Backend backend) {
        WorkloadRef workload = key.workload();
        boolean foreign = !owners.getOrDefault(workload, owner).equals(owner);
        if (foreign && !has("whatAnotherInstallationHasStays")) {
            throw new AdapterException(Kind.CONFLICT, "memory", "of another installation");
        }
        boolean taken = backends.entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(workload) && other.getValue().port() == backend.port());
        if (taken && !has("aPortIsOfOneService")) {
            throw new AdapterException(Kind.CONFLICT, "memory", "the port is taken");
        }
        if (!backend.equals(backends.get(workload)) || has("theSameBackendTwiceIsOneEffect")) {
            writes.incrementAndGet();
        }
        backends.put(workload, backend);
        owners.put(workload, owner);
        if (backend.members().isEmpty() && has("aServiceWithoutMembersKeepsItsBackend")) {
            backends.remove(workload);
        }
        return status(workload, backend);
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        if (!backends.containsKey(key.workload()) && has("removedTwiceIsRemoved")) {
            throw new AdapterException(Kind.NOT_FOUND, "memory", "no such backend");
        }
        if (owner.equals(owners.get(key.workload()))) {
            backends.remove(key.workload());
            owners.remove(key.workload());
        }
    }

    @Override
    public Map<WorkloadRef, BackendStatus> observe(Collection<WorkloadRef> workloads) {
        goOut();
        Map<WorkloadRef, BackendStatus> seen = new HashMap<>();
        backends.forEach((workload, backend) -> {
            if (workloads.contains(workload)) {
                seen.put(workload, status(workload, backend));
            }
        });
        if (has("oneQuestionForManyLeavesOutTheUnknown")) {
            workloads.forEach(workload -> seen.putIfAbsent(workload, status(workload, BACKEND)));
        }
        return seen;
    }

    private BackendStatus status(WorkloadRef workload, Backend backend) {
        boolean stuck = has("membersComeDrainAndGo");
        return new BackendStatus(
                owners.getOrDefault(workload, ""),
                backend.port(),
                backend.members().stream()
                        .map(member -> new MemberStatus(
                                member.id(), member.draining() && !stuck ? State.DRAINING : State.UP, 0))
                        .toList(),
                0);
    }

    static PortContract<?> contract(String fault) {
        BrokenBalancer broken = new BrokenBalancer(fault);
        return new LoadBalancerContract() {
            @Override
            protected LoadBalancer adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties();
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected WorkloadRef service() {
                return WEB;
            }

            @Override
            protected Backend backend() {
                return BACKEND;
            }

            @Override
            protected Duration within() {
                return Duration.ofSeconds(1);
            }

            @Override
            protected long effects() {
                return broken.writes.get();
            }
        };
    }
}
