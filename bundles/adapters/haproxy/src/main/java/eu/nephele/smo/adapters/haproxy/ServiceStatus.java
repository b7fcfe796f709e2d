// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.api.port.BackendStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What callers are told about a service. */
final class ServiceStatus {

    private ServiceStatus() {}

    static BackendStatus read(String owner, BalancedService service, RunningView running) {
        Optional<RunningProxy> proxy = running.proxy(service.proxy());
        List<MemberStatus> members = new ArrayList<>();
        for (PlacedMember member : service.members()) {
            Optional<RunningServer> server = proxy.flatMap(present -> present.server(member.id()));
            members.add(new MemberStatus(
                    member.id(),
                    server.map(RunningServer::state).orElse(State.DOWN),
                    server.map(RunningServer::sessions).orElse(0L)));
        }
        for (LeavingMember member : service.leaving()) {
            long sessions = proxy.flatMap(present -> present.server(member.id()))
                    .map(RunningServer::sessions)
                    .orElse(0L);
            members.add(new MemberStatus(member.id(), State.DRAINING, sessions));
        }
        return new BackendStatus(owner, service.shape().port(), members, running.waitingFor(service.proxy()));
    }
}
