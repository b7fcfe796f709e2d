// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import eu.nephele.smo.lab.harness.containers.EnginesProcess.PlayedServer;
import java.util.List;

/**
 * The file of the run.
 *
 * @param ports one per service
 */
record PoolFile(ContainersOptions options, List<PlayedServer> servers, List<Integer> ports) {

    static final int PROBE_SECONDS = 10;

    PoolFile {
        servers = List.copyOf(servers);
        ports = List.copyOf(ports);
    }

    /** With the first server and without services: a server of ours is not ready before it knows one. */
    String idle() {
        return "servers:%n%sservices: {}%n".formatted(entry(servers.get(0)));
    }

    private String entry(PlayedServer server) {
        return "  - {name: %s, host: %s, endpoint: 'unix://%s', max_containers: %d}%n"
                .formatted(server.name(), server.host(), server.socket(), options.maxContainers());
    }

    /** Of a service, between two steps. */
    int cooldownSeconds() {
        return 2 * options.checkSeconds();
    }

    String text() {
        StringBuilder text = new StringBuilder("servers:\n");
        servers.forEach(server -> text.append(entry(server)));
        text.append("services:\n");
        for (int i = 0; i < options.services(); i++) {
            text.append("""
                      %s:
                        image: %s
                        port: %d
                        min_replicas: %d
                        max_replicas: %d
                        scale_up_threshold: 75
                        scale_down_threshold: 25
                        cooldown_period: %d
                        business_hours_only: false
                        health_check: {path: /health, interval: %d, timeout: 5}
                    """.formatted(
                            ContainersOptions.service(i),
                            EnginesProcess.IMAGE,
                            ports.get(i),
                            options.replicas(),
                            options.mostReplicas(),
                            cooldownSeconds(),
                            PROBE_SECONDS));
        }
        return text.append("autoscaler: {check_interval: %d}%n".formatted(options.checkSeconds()))
                .toString();
    }
}
