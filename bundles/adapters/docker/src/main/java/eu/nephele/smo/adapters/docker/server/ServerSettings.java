// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Variable;
import eu.nephele.smo.api.model.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One server with a container engine.
 *
 * @param host by which a balancer, and the probes of this server, reach published ports
 * @param network mode of the engine for containers of ours; "" for the engine's own
 * @param maxContainers of all owners together
 * @param labels of the cluster
 * @param region of the cluster, "" when unknown
 * @param hostPaths folders of the server that containers may use, with all that is below them
 * @param registries credentials by registry: user and reference of the password
 * @param secrets references that containers may be given, each whole or with a {@code *} at its end
 * @param lookEvery longest time between two listings
 * @param unreachableAfter time without a listing after which the server is not ready
 * @param pullWithin longest time of one pull
 */
public record ServerSettings(
        ClusterId id,
        String host,
        String network,
        int maxContainers,
        Map<String, String> labels,
        String region,
        List<String> hostPaths,
        Map<String, RegistryAccount> registries,
        List<String> secrets,
        Duration lookEvery,
        Duration unreachableAfter,
        Duration pullWithin) {

    private static final String HOST_NETWORK = "host";

    public ServerSettings {
        labels = Map.copyOf(labels);
        hostPaths = List.copyOf(hostPaths);
        registries = Map.copyOf(registries);
        secrets = List.copyOf(secrets);
    }

    /**
     * @param user name
     * @param password reference of a secret
     */
    public record RegistryAccount(String user, String password) {}

    public String name() {
        return id.name();
    }

    /** Whether ports of containers are ports of the server. */
    public boolean sharesItsNetwork() {
        return network.equals(HOST_NETWORK);
    }

    /** What keeps these containers from running here; empty when nothing does. */
    public Optional<String> refuses(ContainerSpec spec) {
        return refusesVolumes(spec).or(() -> new TreeMap<>(spec.environment())
                .entrySet().stream()
                        .flatMap(variable -> refusesSecret(variable.getKey(), variable.getValue()).stream())
                        .findFirst());
    }

    /**
     * What keeps a variable from being given to containers here; empty when nothing does. References are resolved with
     * the rights of the SMO, so whoever deploys gets only what the configuration names.
     *
     * @param name of the variable
     */
    public Optional<String> refusesSecret(String name, Variable variable) {
        boolean allowed = !variable.secret() || secrets.stream().anyMatch(each -> covers(each, variable.text()));
        return allowed
                ? Optional.empty()
                : Optional.of(
                        "environment.%s is the secret %s, which containers on server %s may not be given; name it in the property secrets of that server's configuration"
                                .formatted(name, variable.text(), name()));
    }

    /** What a star stands for cannot lead out of what is before it. */
    private static boolean covers(String allowed, String reference) {
        if (!allowed.endsWith("*")) {
            return allowed.equals(reference);
        }
        String before = allowed.substring(0, allowed.length() - 1);
        return reference.startsWith(before)
                && !reference.contains("..")
                && !reference.contains("%")
                && !reference.contains("\\");
    }

    private Optional<String> refusesVolumes(ContainerSpec spec) {
        return spec.volumes().stream()
                .filter(volume -> volume.startsWith("/"))
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .filter(path -> hostPaths.stream().noneMatch(allowed -> isBelow(path, allowed)))
                .findFirst()
                .map(path ->
                        "volumes has %s, which is not below the hostPaths of server %s (%s); use a named volume, or allow the folder"
                                .formatted(path, name(), hostPaths.isEmpty() ? "none" : String.join(", ", hostPaths)));
    }

    private static boolean isBelow(String path, String folder) {
        String plain = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        return !path.contains("/..") && (path.equals(plain) || path.startsWith(plain + "/"));
    }
}
