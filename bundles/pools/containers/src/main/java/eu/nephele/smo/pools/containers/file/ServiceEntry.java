// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.pools.containers.hours.OpeningHours;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A service.
 *
 * @param name unique in the file; the name of its graph
 * @param image as the file has it, with or without a registry
 * @param port on which the containers listen, and the balancer for the service
 * @param idleAfter without requests for so long, it goes to zero; empty when it stays
 * @param unknown keys that nobody knows, as the file has them
 */
public record ServiceEntry(
        String name,
        String image,
        int port,
        ReplicaLimits replicas,
        CpuThresholds cpu,
        ScalingHours hours,
        ProbeRule health,
        ContainerSettings container,
        StrategyChoices strategies,
        RollingUpdate update,
        Optional<Duration> idleAfter,
        JsonObject unknown) {

    /**
     * Over all servers.
     *
     * @param maxPerServer of this service on one server
     */
    public record ReplicaLimits(int min, int max, OptionalInt maxPerServer) {}

    /**
     * Mean CPU in per cent at which one replica more, or less, is wanted.
     *
     * @param up above {@code down}
     */
    public record CpuThresholds(double up, double down, Duration cooldown) {}

    /**
     * When it is scaled.
     *
     * @param only whether nothing is scaled outside of {@code open}
     * @param replicasWhenClosed replicas outside of {@code open}, no more than the minimum; as they are when empty
     */
    public record ScalingHours(boolean only, OpeningHours open, OptionalInt replicasWhenClosed) {}

    /**
     * A request that a healthy container answers with 200 to 399.
     *
     * @param port of the container
     * @param rise good answers in a row after which it is healthy
     * @param fall bad answers in a row after which it is not
     * @param grace after its start, in which nothing is judged
     */
    public record ProbeRule(
            String path, int port, Duration interval, Duration timeout, int rise, int fall, Duration grace) {}

    /**
     * What a container is given.
     *
     * @param volumes {@code SOURCE:/TARGET[:ro]}
     * @param environment by name, in the order of the file
     */
    public record ContainerSettings(List<String> volumes, Map<String, TextOrSecret> environment) {

        public ContainerSettings {
            volumes = List.copyOf(volumes);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        }
    }

    /** Strategies instead of those of the pool. */
    public record StrategyChoices(Optional<StrategyChoice> scaling, Optional<StrategyChoice> placement) {}

    /** @param parameters of the strategy, which validates them */
    public record StrategyChoice(String id, JsonObject parameters) {}

    /**
     * How a rolling update goes.
     *
     * @param batchSize replicas that are replaced at once
     * @param maxUnavailable replicas that may be missing meanwhile
     */
    public record RollingUpdate(int batchSize, int maxUnavailable) {

        /** One after the other, and none is missing. */
        public static final RollingUpdate USUAL = new RollingUpdate(1, 0);
    }
}
