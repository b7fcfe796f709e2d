// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import java.util.List;
import java.util.Optional;

/**
 * The whole file of a pool.
 *
 * @param servers in the order of the file, which decides among equals
 * @param services in the order of the file
 */
public record ContainersFile(
        BalancerSettings balancer,
        List<ServerEntry> servers,
        List<ServiceEntry> services,
        MonitoringSettings monitoring,
        AutoscalerSettings autoscaler) {

    public ContainersFile {
        servers = List.copyOf(servers);
        services = List.copyOf(services);
    }

    public Optional<ServerEntry> server(String name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    public Optional<ServiceEntry> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /** A copy with other servers and services. */
    public ContainersFile with(List<ServerEntry> otherServers, List<ServiceEntry> otherServices) {
        return new ContainersFile(balancer, otherServers, otherServices, monitoring, autoscaler);
    }
}
