// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ProbeRule;
import eu.nephele.smo.pools.containers.file.ServiceEntry.RollingUpdate;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import eu.nephele.smo.pools.containers.file.TextOrSecret.PlainText;
import eu.nephele.smo.pools.containers.file.TextOrSecret.SecretReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Services as graphs: each one is a graph of its name with one service of its name. */
public final class ServiceDescriptors {

    /** Chooses the server with the fewest replicas of the service. */
    static final String PLACEMENT = "least-of-this-service";

    private static final String CONTAINER = "CONTAINER";
    private static final String CLASS = "container";

    /**
     * The largest that there is. That of the last of 1,000 servers is so near to it that with 100 containers each it still decides among
     * equals only.
     */
    private static final int FIRST_WEIGHT = 1_000_000;

    /** How long replicas finish what they do before they are stopped. */
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /** How long the balancer holds requests of a service that goes to zero, until a replica is there. */
    private static final Duration QUEUE = Duration.ofSeconds(30);

    private static final Duration LONGEST_START = Duration.ofDays(1);

    private final ImageAddress images;

    /**
     * All containers of a service are to be replaced.
     *
     * @param mark another text each time
     * @param pull whether the image is looked up anew, under the same reference
     */
    public record ContainerReplacement(String mark, boolean pull) {}

    /** @param defaultRegistry of images that name none, with a path where one belongs in front of them */
    public ServiceDescriptors(Optional<String> defaultRegistry) {
        this.images = new ImageAddress(defaultRegistry);
    }

    /**
     * The descriptor of a service.
     *
     * @param file with this service
     * @param at servers that are closed at this moment run nothing, unless all are closed
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when its image has no registry
     */
    public JsonObject descriptor(ContainersFile file, ServiceEntry service, Instant at) {
        return descriptor(file, service, Optional.empty(), at);
    }

    /**
     * The descriptor of a service whose containers are to be replaced.
     *
     * @param replaced another one each time when all of them are to be
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when its image has no registry
     */
    public JsonObject descriptor(
            ContainersFile file, ServiceEntry service, Optional<ContainerReplacement> replaced, Instant at) {
        JsonBuilder intents = new JsonBuilder().with("compute", compute()).with("spread", spread(file, service, at));
        JsonBuilder deployed = new JsonBuilder()
                .with("id", service.name())
                .with(
                        "deployment",
                        new JsonBuilder()
                                .with("trigger", new JsonBuilder().with("auto", new JsonBuilder()))
                                .with("intent", intents))
                .with("artifact", artifact(service, replaced))
                .with(
                        "scaling",
                        new JsonBuilder()
                                .with("minReplicas", ScalingSelection.least(service))
                                .with("maxReplicas", service.replicas().max()));
        JsonBuilder graph = new JsonBuilder()
                .with("imVersion", "0.4.0")
                .with("id", service.name())
                .with(
                        "strategies",
                        new JsonBuilder()
                                .with("placement", placement(service))
                                .with("scaling", ScalingSelection.in(file.autoscaler(), service)))
                .with("services", List.of(deployed.object()));
        return new JsonBuilder().with("hdaGraph", graph).object();
    }

    /** Classes that ask for nothing, of the profile of pools: the file says nothing about the size of a replica, and caps containers by their number. */
    private static JsonBuilder compute() {
        return new JsonBuilder().with("cpu", CLASS).with("ram", CLASS).with("storage", CLASS);
    }

    /**
     * Weights by which one replica after the other goes where the fewest are, and among equals to the first server of the file: each
     * server has one less than the one before it. Another strategy has its own rule among equals.
     */
    private static JsonBuilder spread(ContainersFile file, ServiceEntry service, Instant at) {
        boolean anyOpen =
                file.servers().stream().anyMatch(server -> server.hours().isOpen(at));
        boolean inOrder = service.strategies()
                .placement()
                .map(choice -> choice.id().equals(PLACEMENT))
                .orElse(true);
        JsonBuilder weights = new JsonBuilder();
        int weight = inOrder ? FIRST_WEIGHT : 1;
        for (ServerEntry server : file.servers()) {
            if (!anyOpen || server.hours().isOpen(at)) {
                weights.with(server.name(), weight);
            }
            weight -= inOrder ? 1 : 0;
        }
        JsonBuilder spread = new JsonBuilder().with("weights", weights);
        service.replicas().maxPerServer().ifPresent(most -> spread.with("maxReplicasPerCluster", most));
        return spread;
    }

    private static JsonBuilder placement(ServiceEntry service) {
        return service.strategies()
                .placement()
                .map(choice -> new JsonBuilder().with("id", choice.id()).with("parameters", choice.parameters()))
                .orElseGet(() -> new JsonBuilder().with("id", PLACEMENT));
    }

    private JsonBuilder artifact(ServiceEntry service, Optional<ContainerReplacement> replaced) {
        return new JsonBuilder()
                .with("ociImage", images.oci(service.name(), service.image()))
                .with("ociConfig", new JsonBuilder().with("type", "App").with("implementer", CONTAINER))
                .with("ociRun", new JsonBuilder().with("name", "container"))
                .with("valuesOverwrite", values(service, replaced));
    }

    private static JsonBuilder values(ServiceEntry service, Optional<ContainerReplacement> replaced) {
        JsonBuilder environment = new JsonBuilder();
        service.container().environment().forEach((name, value) -> environment.with(name, json(value)));
        JsonBuilder values = new JsonBuilder();
        replaced.ifPresent(asked -> values.with("replaced", asked.mark()));
        replaced.filter(ContainerReplacement::pull).ifPresent(asked -> values.with("pull", "always"));
        if (!service.update().equals(RollingUpdate.USUAL)) {
            values.with(
                    "update",
                    new JsonBuilder()
                            .with("batchSize", service.update().batchSize())
                            .with("maxUnavailable", service.update().maxUnavailable()));
        }
        return values.with("port", service.port())
                .with("environment", environment)
                .with(
                        "volumes",
                        service.container().volumes().stream()
                                .map(JsonString::new)
                                .toList())
                .with("health", health(service.health()))
                .with(
                        "balancer",
                        new JsonBuilder()
                                .with("port", service.port())
                                .withSeconds("queueSeconds", service.idleAfter().isPresent() ? QUEUE : Duration.ZERO))
                .withSeconds("drainSeconds", DRAIN)
                .withSeconds("startSeconds", start(service.health()));
    }

    /** Twice the time in which a replica is judged for sure: a new image that is not well by then is taken back. */
    private static Duration start(ProbeRule health) {
        Duration judged = health.grace()
                .plus(health.interval().plus(health.timeout()).multipliedBy(health.rise() + (long) health.fall()));
        Duration start = judged.multipliedBy(2);
        return start.compareTo(LONGEST_START) > 0 ? LONGEST_START : start;
    }

    private static JsonBuilder health(ProbeRule health) {
        return new JsonBuilder()
                .with("path", health.path())
                .with("port", health.port())
                .withSeconds("intervalSeconds", health.interval())
                .withSeconds("timeoutSeconds", health.timeout())
                .with("rise", health.rise())
                .with("fall", health.fall())
                .withSeconds("graceSeconds", health.grace());
    }

    private static JsonValue json(TextOrSecret value) {
        return value instanceof SecretReference secret
                ? new JsonBuilder().with("secret", secret.reference()).object()
                : new JsonString(((PlainText) value).text());
    }
}
