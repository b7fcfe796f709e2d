// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be said to a running HAProxy until a service is as it shall be. */
final class ServiceRepair {

    private ServiceRepair() {}

    /** Commands; none when all is right. Members that leave get no new requests, and stay. */
    static List<String> commands(BalancedService service, RunningProxy running) {
        List<String> commands = new ArrayList<>();
        for (PlacedMember member : service.members()) {
            Optional<RunningServer> server = running.server(member.id());
            if (server.isPresent()) {
                change(commands, service, member, server.get());
            } else {
                add(commands, service, member);
            }
        }
        for (LeavingMember member : service.leaving()) {
            running.server(member.id())
                    .filter(server -> server.weight() > 0)
                    .ifPresent(
                            server -> commands.add("set server %s weight 0".formatted(name(service, server.name()))));
        }
        return commands;
    }

    /**
     * A server that is added begins in maintenance, without its checks, and one bad answer away from being down; it is
     * added because it is well, so it may fail as often as the others.
     */
    private static void add(List<String> commands, BalancedService service, PlacedMember member) {
        String name = name(service, member.id());
        commands.add("add server %s %s %s"
                .formatted(name, member.target(), ConfigurationText.options(service.shape(), member.weight())));
        if (service.shape().check().isPresent()) {
            commands.add("enable health " + name);
        }
        commands.add("enable server " + name);
        if (service.shape().check().isPresent()) {
            commands.add("set server %s health up".formatted(name));
        }
    }

    private static void change(
            List<String> commands, BalancedService service, PlacedMember member, RunningServer running) {
        String name = name(service, member.id());
        if (!running.isAt(member)) {
            commands.add("set server %s addr %s port %d".formatted(name, member.address(), member.port()));
        }
        if (running.weight() != member.weight()) {
            commands.add("set server %s weight %d".formatted(name, member.weight()));
        }
        if (service.shape().check().isPresent() && !running.isChecked()) {
            commands.add("enable health " + name);
        }
        if (running.isForced()) {
            commands.add("set server %s state ready".formatted(name));
        }
    }

    static String name(BalancedService service, String id) {
        return service.proxy() + "/" + id;
    }
}
